package dev.sluice.replication;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The target stream has acknowledged a record: where it came from and where it is now.
 *
 * <p>A Flink POJO. Not thread-safe; do not change one that has been emitted.
 */
public final class Replicated {
  public String sourceShard;
  public String sourceSequenceNumber;
  public String targetShard;
  public String targetSequenceNumber;

  /** When the source stream received the record, in milliseconds since the epoch. */
  public long arrivedAt;

  /** When the target stream acknowledged it, in milliseconds since the epoch. */
  public long acknowledgedAt;

  /** When a heartbeat was made, in milliseconds since the epoch; 0 for any other record. */
  public long beatAt;

  /** For Flink. */
  public Replicated() {
    this("", "", "", "", 0L, 0L, 0L);
  }

  /** With all fields. */
  public Replicated(
      String sourceShard,
      String sourceSequenceNumber,
      String targetShard,
      String targetSequenceNumber,
      long arrivedAt,
      long acknowledgedAt,
      long beatAt) {
    this.sourceShard = sourceShard;
    this.sourceSequenceNumber = sourceSequenceNumber;
    this.targetShard = targetShard;
    this.targetSequenceNumber = targetSequenceNumber;
    this.arrivedAt = arrivedAt;
    this.acknowledgedAt = acknowledgedAt;
    this.beatAt = beatAt;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Replicated)) {
      return false;
    }
    Replicated that = (Replicated) other;
    return sourceShard.equals(that.sourceShard)
        && sourceSequenceNumber.equals(that.sourceSequenceNumber)
        && targetShard.equals(that.targetShard)
        && targetSequenceNumber.equals(that.targetSequenceNumber)
        && arrivedAt == that.arrivedAt
        && acknowledgedAt == that.acknowledgedAt
        && beatAt == that.beatAt;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        sourceShard,
        sourceSequenceNumber,
        targetShard,
        targetSequenceNumber,
        arrivedAt,
        acknowledgedAt,
        beatAt);
  }

  @Override
  public String toString() {
    return sourceShard
        + "/"
        + sourceSequenceNumber
        + " -> "
        + targetShard
        + "/"
        + targetSequenceNumber;
  }
}
