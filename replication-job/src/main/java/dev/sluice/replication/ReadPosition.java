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

  /** For Flink. */
  public ReadPosition() {
    this("", 0L, false, 0L);
  }

  /** With all fields. */
  public ReadPosition(String shard, long lagMillis, boolean inside, long checkpointedAt) {
    this.shard = shard;
    this.lagMillis = lagMillis;
    this.inside = inside;
    this.checkpointedAt = checkpointedAt;
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
        && checkpointedAt == that.checkpointedAt;
  }

  @Override
  public int hashCode() {
    return Objects.hash(shard, lagMillis, inside, checkpointedAt);
  }

  @Override
  public String toString() {
    return shard + " " + lagMillis + " ms behind at " + checkpointedAt;
  }
}
