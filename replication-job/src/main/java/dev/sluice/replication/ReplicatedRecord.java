package dev.sluice.replication;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way from one stream to the other.
 *
 * <p>A Flink POJO. Not thread-safe; do not change one that has been emitted.
 */
public final class ReplicatedRecord {
  /** The payload as it came. */
  public byte[] data;

  public String partitionKey;

  /** Decimal; null if it is not known or if there was none: Kinesis does not tell readers. */
  public @Nullable String explicitHashKey;

  /** Shard of the source, such as {@code shardId-000000000000}. */
  public String shard;

  /** Its place in that shard, decimal. Records of one aggregate share it. */
  public String sequenceNumber;

  /** Place in an aggregate that was taken apart, from 0; -1 if it was none. */
  public int subSequenceNumber;

  /** When the source stream received the record, in milliseconds since the epoch. */
  public long arrivalTimestamp;

  /** For Flink. */
  public ReplicatedRecord() {
    this(new byte[0], "", null, "", "", -1, 0L);
  }

  /** With all fields. */
  public ReplicatedRecord(
      byte[] data,
      String partitionKey,
      @Nullable String explicitHashKey,
      String shard,
      String sequenceNumber,
      int subSequenceNumber,
      long arrivalTimestamp) {
    this.data = data;
    this.partitionKey = partitionKey;
    this.explicitHashKey = explicitHashKey;
    this.shard = shard;
    this.sequenceNumber = sequenceNumber;
    this.subSequenceNumber = subSequenceNumber;
    this.arrivalTimestamp = arrivalTimestamp;
  }

  /** {@code shard/sequence-number}, with {@code /n} behind it for the n-th part of an aggregate. */
  String source() {
    return shard + "/" + sequenceNumber + (subSequenceNumber < 0 ? "" : "/" + subSequenceNumber);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ReplicatedRecord)) {
      return false;
    }
    ReplicatedRecord that = (ReplicatedRecord) other;
    return Arrays.equals(data, that.data)
        && partitionKey.equals(that.partitionKey)
        && Objects.equals(explicitHashKey, that.explicitHashKey)
        && shard.equals(that.shard)
        && sequenceNumber.equals(that.sequenceNumber)
        && subSequenceNumber == that.subSequenceNumber
        && arrivalTimestamp == that.arrivalTimestamp;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(data),
        partitionKey,
        explicitHashKey,
        shard,
        sequenceNumber,
        subSequenceNumber,
        arrivalTimestamp);
  }

  /** Without payload and key, which may be large or private. */
  @Override
  public String toString() {
    return "ReplicatedRecord{" + source() + ", bytes=" + data.length + "}";
  }
}
