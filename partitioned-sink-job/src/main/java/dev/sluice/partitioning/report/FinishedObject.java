package dev.sluice.partitioning.report;

import org.apache.flink.core.fs.Path;

/** An object as a listing shows it. Immutable. */
final class FinishedObject {
  final Path path;

  /** What stands before its name, relative to the root: {@code customer_id=1/day=2026-01-01/}. */
  final String prefix;

  final long bytes;

  /** Nothing stands behind the unique part of its name, as with objects of dead letters. */
  final boolean withoutExtension;

  FinishedObject(Path path, String prefix, long bytes, boolean withoutExtension) {
    this.path = path;
    this.prefix = prefix;
    this.bytes = bytes;
    this.withoutExtension = withoutExtension;
  }
}
