package dev.sluice.common.sink.kinesis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the service says of one entry of a request: where it is stored, or why not. Immutable. */
public final class EntryResult {
  private final String shardId;
  private final String sequenceNumber;
  private final @Nullable PutFailure failure;

  private EntryResult(String shardId, String sequenceNumber, @Nullable PutFailure failure) {
    this.shardId = shardId;
    this.sequenceNumber = sequenceNumber;
    this.failure = failure;
  }

  public static EntryResult stored(String shardId, String sequenceNumber) {
    return new EntryResult(shardId, sequenceNumber, null);
  }

  public static EntryResult failed(PutFailure failure) {
    return new EntryResult("", "", Objects.requireNonNull(failure));
  }

  /** Empty if the entry failed. */
  public String shardId() {
    return shardId;
  }

  /** Empty if the entry failed. */
  public String sequenceNumber() {
    return sequenceNumber;
  }

  /** Null if the entry is stored. */
  public @Nullable PutFailure failure() {
    return failure;
  }
}
