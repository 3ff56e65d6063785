package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;
import org.jspecify.annotations.Nullable;

/**
 * An object that is complete and has its name, on its way into the file system. What it holds under
 * that name never changes, however often it is written.
 */
final class CutObject {
  final String path;
  final boolean failed;
  final String partition;
  final ObjectFormat format;
  final RowBuffer rows;
  final long createdMillis;
  final long oldestArrival;
  final @Nullable UploadedParts parts;

  /** Gets the memory of the rows back. */
  final SegmentPool pool;

  CutObject(PartitionBuffer buffer, String path, SegmentPool pool) {
    this.pool = pool;
    this.path = path;
    this.failed = buffer.group.failed;
    this.partition = buffer.partition;
    this.format = buffer.group.format;
    this.rows = buffer.rows;
    this.createdMillis = buffer.createdMillis;
    this.oldestArrival = buffer.oldestArrival;
    this.parts = buffer.parts;
  }

  long records() {
    return parts == null ? rows.rows() : rows.rows() + parts.records;
  }
}
