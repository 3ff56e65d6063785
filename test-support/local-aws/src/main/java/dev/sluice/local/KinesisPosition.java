package dev.sluice.local;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a record lies: shard and sequence number. */
public final class KinesisPosition {
  private final String shard;
  private final String sequenceNumber;

  KinesisPosition(String shard, String sequenceNumber) {
    this.shard = shard;
    this.sequenceNumber = sequenceNumber;
  }

  public String shard() {
    return shard;
  }

  public String sequenceNumber() {
    return sequenceNumber;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KinesisPosition
        && shard.equals(((KinesisPosition) other).shard)
        && sequenceNumber.equals(((KinesisPosition) other).sequenceNumber);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shard, sequenceNumber);
  }

  @Override
  public String toString() {
    return shard + "/" + sequenceNumber;
  }
}
