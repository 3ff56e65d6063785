package dev.sluice.replication;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line through both streams: whoever has processed the source up to it can go on in the target
 * behind it, and misses nothing. What lies between the two sides of the line was replicated before
 * and may come again.
 *
 * <p>Immutable.
 */
public final class PositionCut {
  private final long checkpoint;
  private final long time;
  private final long targetTime;
  private final SortedMap<String, String> source;
  private final SortedMap<String, String> target;

  /**
   * @param checkpoint id of the checkpoint that has drawn the line
   * @param time when it was drawn, in milliseconds since the epoch
   * @param targetTime no record behind the line reached the target before this time
   * @param source by shard the sequence number of the last record before the line; a shard that is
   *     not there has none before it
   * @param target by shard the sequence number behind which to go on; a shard that is not there is
   *     to be read from its beginning
   */
  public PositionCut(
      long checkpoint,
      long time,
      long targetTime,
      Map<String, String> source,
      Map<String, String> target) {
    this.checkpoint = checkpoint;
    this.time = time;
    this.targetTime = targetTime;
    this.source = Collections.unmodifiableSortedMap(new TreeMap<>(source));
    this.target = Collections.unmodifiableSortedMap(new TreeMap<>(target));
  }

  public long checkpoint() {
    return checkpoint;
  }

  public long time() {
    return time;
  }

  public long targetTime() {
    return targetTime;
  }

  public SortedMap<String, String> source() {
    return source;
  }

  public SortedMap<String, String> target() {
    return target;
  }

  /**
   * Whether a consumer of the source is at or behind the line in each shard that it names.
   *
   * @param positions by shard the sequence number of the last record that it has processed
   */
  public boolean isBefore(Map<String, String> positions) {
    return positions.entrySet().stream()
        .allMatch(
            position ->
                !source.containsKey(position.getKey())
                    || number(source.get(position.getKey())).compareTo(number(position.getValue()))
                        <= 0);
  }

  private static BigInteger number(String sequence) {
    return new BigInteger(sequence);
  }

  @Override
  public String toString() {
    return "PositionCut{checkpoint="
        + checkpoint
        + ", source="
        + source
        + ", target="
        + target
        + "}";
  }
}
