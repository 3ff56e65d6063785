package dev.sluice.partitioning.report;

/** One partition: what is below one prefix. Not thread-safe. */
final class PartitionTotals {
  final String prefix;
  long objects;
  long bytes;

  /** -1 if they could not be counted. */
  long records;

  PartitionTotals(String prefix) {
    this.prefix = prefix;
  }

  void add(long objectBytes, long objectRecords) {
    objects++;
    bytes += objectBytes;
    records = records < 0 || objectRecords < 0 ? -1 : records + objectRecords;
  }
}
