package dev.sluice.replication;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A position in the state of {@link TrackPositions}. A Flink POJO. */
public final class TrackedPosition {
  /** Of the target; else of the source. */
  public boolean target;

  public String shard;
  public String sequenceNumber;

  /** For Flink. */
  public TrackedPosition() {
    this(false, "", "");
  }

  /** With all fields. */
  public TrackedPosition(boolean target, String shard, String sequenceNumber) {
    this.target = target;
    this.shard = shard;
    this.sequenceNumber = sequenceNumber;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof TrackedPosition)) {
      return false;
    }
    TrackedPosition that = (TrackedPosition) other;
    return target == that.target
        && shard.equals(that.shard)
        && sequenceNumber.equals(that.sequenceNumber);
  }

  @Override
  public int hashCode() {
    return Objects.hash(target, shard, sequenceNumber);
  }

  @Override
  public String toString() {
    return (target ? "target " : "source ") + shard + "/" + sequenceNumber;
  }
}
