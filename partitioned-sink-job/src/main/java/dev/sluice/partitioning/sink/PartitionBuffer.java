package dev.sluice.partitioning.sink;

import org.jspecify.annotations.Nullable;

/** The open object of a partition: its rows in memory, and what is uploaded already. */
final class PartitionBuffer {
  final BufferGroup group;
  final String partition;
  final RowBuffer rows = new RowBuffer();

  /** When the first record came, by the clock of processing time. */
  long createdMillis;

  /** About when the last record came, by the clock of processing time. */
  long lastMillis;

  /** Earliest arrival of a record in the stream, by the stream's clock. */
  long oldestArrival = Long.MAX_VALUE;

  /** Uploaded before the rows; null if nothing is. */
  @Nullable UploadedParts parts;

  /** Whether its first rows are being uploaded; they must stay where they are then. */
  boolean partInFlight;

  /** Why it is to be cut as soon as no part is in flight; null if it is not. */
  @Nullable CutReason pending;

  /** Index in {@link SizeClasses}; -1 while it is in none. */
  int sizeClass = -1;

  PartitionBuffer(BufferGroup group, String partition, long createdMillis) {
    this.group = group;
    this.partition = partition;
    this.createdMillis = createdMillis;
    this.lastMillis = createdMillis;
  }

  long records() {
    return parts == null ? rows.rows() : rows.rows() + parts.records;
  }

  long rowBytes() {
    return parts == null ? rows.bytes() : rows.bytes() + parts.rowBytes;
  }

  boolean isComplete() {
    return group.rules.isComplete(rowBytes(), records());
  }
}
