package dev.sluice.common.source.generated;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A share of all indexes, and the next one of it: every {@value #LANES}th block of {@value #BLOCK}.
 * So lanes need no end, and one subtask that has all of them emits 0, 1, 2 …
 *
 * <p>Immutable. Both numbers are part of every savepoint.
 */
public final class IndexLane implements SourceSplit {
  static final int LANES = 128;
  static final int BLOCK = 64;

  private final int lane;
  private final long next;

  IndexLane(int lane, long next) {
    this.lane = lane;
    this.next = next;
  }

  /** All lanes at their first index. */
  static List<IndexLane> all() {
    return IntStream.range(0, LANES)
        .mapToObj(lane -> new IndexLane(lane, (long) lane * BLOCK))
        .collect(Collectors.toUnmodifiableList());
  }

  /** How many lanes have an index at all, if there are so many indexes; at least 1. */
  static int used(long indexes) {
    return (int) Math.max(1, Math.min(LANES, (indexes - 1) / BLOCK + 1));
  }

  /** 0 to {@link #LANES} - 1. */
  int lane() {
    return lane;
  }

  /** The first index of the lane that has not been emitted. */
  long next() {
    return next;
  }

  /** The lane's index after one of its indexes. */
  static long after(long index) {
    long following = index + 1;
    return following % BLOCK == 0 ? following + (LANES - 1L) * BLOCK : following;
  }

  @Override
  public String splitId() {
    return Integer.toString(lane);
  }

  @Override
  public String toString() {
    return "IndexLane{lane=" + lane + ", next=" + next + "}";
  }
}
