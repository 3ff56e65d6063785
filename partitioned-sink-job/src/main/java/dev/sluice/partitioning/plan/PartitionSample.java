package dev.sluice.partitioning.plan;

/** Rows of one partition in a sample: how many, and how large. Not thread-safe. */
final class PartitionSample {
  final boolean failed;
  private long records;
  private long bytes;
  private double squares;

  /**
   * @param failed whether the rows are dead letters
   */
  PartitionSample(boolean failed) {
    this.failed = failed;
  }

  /** Of equal rows. */
  static PartitionSample of(long records, int bytesEach) {
    PartitionSample sample = new PartitionSample(false);
    sample.records = records;
    sample.bytes = records * bytesEach;
    sample.squares = (double) sample.bytes * bytesEach;
    return sample;
  }

  void add(int length) {
    records++;
    bytes += length;
    squares += (double) length * length;
  }

  /** Takes the rows of another one. */
  void addAll(PartitionSample other) {
    records += other.records;
    bytes += other.bytes;
    squares += other.squares;
  }

  long records() {
    return records;
  }

  /** Before compression. */
  long bytes() {
    return bytes;
  }

  /** Bytes of a row; 0 without rows. */
  double meanBytes() {
    return records == 0 ? 0 : (double) bytes / records;
  }

  /** Of the bytes of a row. */
  double variance() {
    double mean = meanBytes();
    return records == 0 ? 0 : Math.max(0, squares / records - mean * mean);
  }
}
