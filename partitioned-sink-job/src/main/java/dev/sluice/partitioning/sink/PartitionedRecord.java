package dev.sluice.partitioning.sink;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A row that belongs into an object of its partition.
 *
 * <p>Flink carries it with {@link PartitionedRecordSerializer}. Not thread-safe; do not change one
 * that has been emitted.
 */
@TypeInfo(PartitionedRecordType.Factory.class)
public final class PartitionedRecord {
  /**
   * Prefix of the objects' keys below the root, made safe; what is known only when an object is cut
   * ({@code !{timestamp:pattern}}, {@code !{firehose:random-string}}) still stands in it. Records
   * with equal prefixes share objects.
   */
  public String partition;

  /** The record in the form that the object format takes, without anything between two rows. */
  public byte[] row;

  /** When the stream received the record, in milliseconds since the epoch. */
  public long arrivalTimestamp;

  /** Whether the row is a dead letter, as a line of JSON, and the partition an error prefix. */
  public boolean failed;

  /** Which of the subtasks that share a hot partition takes it; 0 unless the partition is hot. */
  public int lane;

  /** The dead letter's line for the case that the partition is refused; null if it cannot be. */
  public byte @Nullable [] refusal;

  /** For Flink. */
  public PartitionedRecord() {
    this("", new byte[0], 0L, false);
  }

  /** In the first lane, and never refused. */
  public PartitionedRecord(String partition, byte[] row, long arrivalTimestamp, boolean failed) {
    this.partition = partition;
    this.row = row;
    this.arrivalTimestamp = arrivalTimestamp;
    this.failed = failed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof PartitionedRecord)) {
      return false;
    }
    PartitionedRecord that = (PartitionedRecord) other;
    return partition.equals(that.partition)
        && Arrays.equals(row, that.row)
        && arrivalTimestamp == that.arrivalTimestamp
        && failed == that.failed
        && lane == that.lane
        && Arrays.equals(refusal, that.refusal);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        partition, Arrays.hashCode(row), arrivalTimestamp, failed, lane, Arrays.hashCode(refusal));
  }

  /** Without the row, which may be large or private. */
  @Override
  public String toString() {
    return String.format(
        "PartitionedRecord{partition='%s', bytes=%d, failed=%s}", partition, row.length, failed);
  }
}
