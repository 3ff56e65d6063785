package dev.sluice.common.producer;

import dev.sluice.common.record.RecordVersion;

/** What became of a record. Immutable. */
public final class SendResult {
  /** Where the record is. */
  public enum Outcome {
    /** In a stream. */
    ACCEPTED,
    /** On the producer's disk: it will be sent, by this process or by the next with this folder. */
    SPOOLED
  }

  private final Outcome outcome;
  private final RecordVersion version;
  private final long epoch;
  private final String region;
  private final String shardId;
  private final String sequenceNumber;

  private SendResult(
      Outcome outcome,
      RecordVersion version,
      long epoch,
      String region,
      String shard,
      String number) {
    this.outcome = outcome;
    this.version = version;
    this.epoch = epoch;
    this.region = region;
    this.shardId = shard;
    this.sequenceNumber = number;
  }

  static SendResult accepted(
      RecordVersion version, long epoch, String region, String shard, String number) {
    return new SendResult(Outcome.ACCEPTED, version, epoch, region, shard, number);
  }

  static SendResult spooled(RecordVersion version) {
    return new SendResult(Outcome.SPOOLED, version, 0, "", "", "");
  }

  public Outcome outcome() {
    return outcome;
  }

  /**
   * The epoch in which the record was sent; 0 if it was not. That of its version may be an earlier
   * one, if it came out of the spool.
   */
  public long epoch() {
    return epoch;
  }

  /** That the record carries, if it is stamped, in each of its copies. */
  public RecordVersion version() {
    return version;
  }

  /** Empty if the record was not sent. */
  public String region() {
    return region;
  }

  /** Empty if the record was not sent. */
  public String shardId() {
    return shardId;
  }

  /** Of the stream in that Region; empty if the record was not sent. */
  public String sequenceNumber() {
    return sequenceNumber;
  }

  @Override
  public String toString() {
    return outcome == Outcome.SPOOLED
        ? "SPOOLED " + version
        : "ACCEPTED " + version + " in epoch " + epoch + " in " + region + " " + shardId;
  }
}
