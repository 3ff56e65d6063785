package dev.sluice.partitioning.plan;

import java.util.List;

/** How unevenly records lie in the partitions of a sample, dead letters aside. Immutable. */
final class Skew {
  /** Partitions in the sample. */
  final int partitions;

  /** Share of the records, from 0 to 1, in the largest partition; 0 without partitions. */
  final double largest;

  /** The largest partition by the mean of all; 1 where all are equal, 0 without partitions. */
  final double toMean;

  /** The Gini coefficient: 0 where all are equal, towards 1 where one has all. */
  final double gini;

  private Skew(int partitions, double largest, double gini) {
    this.partitions = partitions;
    this.largest = largest;
    this.toMean = largest * partitions;
    this.gini = gini;
  }

  /**
   * @param counts records of each partition, each at least 1
   */
  static Skew of(List<Long> counts) {
    long[] sorted = counts.stream().mapToLong(Long::longValue).sorted().toArray();
    int n = sorted.length;
    double total = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      total += sorted[i];
      weighted += (i + 1.0) * sorted[i];
    }
    return n == 0
        ? new Skew(0, 0, 0)
        : new Skew(n, sorted[n - 1] / total, 2 * weighted / (n * total) - (n + 1.0) / n);
  }
}
