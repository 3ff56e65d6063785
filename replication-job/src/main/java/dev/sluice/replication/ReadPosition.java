package dev.sluice.replication;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far a shard was read, in the state of {@link GuardRetention}. A Flink POJO. */
public final class ReadPosition {
  public String shard;

  /** Age of the last record when it was read, in milliseconds. */
  public long lagMillis;

  /** Whether a record well inside of the retention was ever read. */
  public boolean inside;

  /** When this was written into a checkpoint, in milliseconds since the epoch. */
  public long checkpointedAt;

  /** Whether its writer has read the shard itself, and not only remembers it. */
  public boolean read;

  /** For Flink. */
  public ReadPosition() {
    this("", 0L, false, 0L, false);
  }

  /** With all fields. */
  public ReadPosition(
      String shard, long lagMillis, boolean inside, long checkpointedAt, boolean read) {
    this.shard = shard;
    this.lagMillis = lagMillis;
    this.inside = inside;
    this.checkpointedAt = checkpointedAt;
    this.read = read;
  }

  /** Of two of one shard that which knows more; of two that know as much, the older position. */
  ReadPosition orBetter(ReadPosition other) {
    boolean mine = read == other.read ? lagMillis >= other.lagMillis : read;
    return mine ? this : other;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ReadPosition)) {
      return false;
    }
    ReadPosition that = (ReadPosition) other;
    return shard.equals(that.shard)
        && lagMillis == that.lagMillis
        && inside == that.inside
        && checkpointedAt == that.checkpointedAt
        && read == that.read;
  }

  @Override
  public int hashCode() {
    return Objects.hash(shard, lagMillis, inside, checkpointedAt, read);
  }

  @Override
  public String toString() {
    return shard + " " + lagMillis + " ms behind at " + checkpointedAt;
  }
}
