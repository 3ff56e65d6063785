package dev.sluice.common.sink.kinesis;

/** Where a record is stored, and what that took. Immutable. */
public final class Placement {
  private final String shardId;
  private final String sequenceNumber;
  private final int subSequenceNumber;
  private final int attempts;
  private final long acknowledgedAt;

  Placement(EntryResult result, int subSequenceNumber, int attempts, long acknowledgedAt) {
    this.shardId = result.shardId();
    this.sequenceNumber = result.sequenceNumber();
    this.subSequenceNumber = subSequenceNumber;
    this.attempts = attempts;
    this.acknowledgedAt = acknowledgedAt;
  }

  public String shardId() {
    return shardId;
  }

  public String sequenceNumber() {
    return sequenceNumber;
  }

  /** Place in an aggregate, from 0; 0 too for a record that is none. */
  public int subSequenceNumber() {
    return subSequenceNumber;
  }

  /** Requests that held the record; above 1 it may be stored more than once. */
  public int attempts() {
    return attempts;
  }

  /** When the acknowledgement came, in milliseconds since the epoch. */
  public long acknowledgedAt() {
    return acknowledgedAt;
  }
}
