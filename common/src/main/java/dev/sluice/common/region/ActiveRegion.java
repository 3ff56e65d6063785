package dev.sluice.common.region;

import java.time.Duration;
import java.time.Instant;

/** What the register says of a stream. Immutable. */
public final class ActiveRegion {
  final RegionChange change;
  private final long epoch;
  final String changeId;

  ActiveRegion(RegionChange change, long epoch, String changeId) {
    this.change = change;
    this.epoch = epoch;
    this.changeId = changeId;
  }

  /** The name that the stream has in all Regions. */
  public String stream() {
    return change.stream;
  }

  /** Where producers send, or, while a switch is under way, where they sent before. */
  public String region() {
    return change.region;
  }

  public RegionState state() {
    return change.state;
  }

  /** From 1; greater by one with each change. */
  public long epoch() {
    return epoch;
  }

  /** How long a producer may send after it began the read that gave this. */
  public Duration lease() {
    return change.lease;
  }

  public String changedBy() {
    return change.by;
  }

  /** By the clock of who changed it. */
  public Instant changedAt() {
    return change.at;
  }

  public String note() {
    return change.note;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActiveRegion
        && ((ActiveRegion) other).epoch == epoch
        && ((ActiveRegion) other).changeId.equals(changeId);
  }

  @Override
  public int hashCode() {
    return changeId.hashCode();
  }

  @Override
  public String toString() {
    return "epoch "
        + epoch
        + ": '"
        + stream()
        + "' "
        + state()
        + " in "
        + region()
        + " by '"
        + changedBy()
        + "' at "
        + changedAt();
  }
}
