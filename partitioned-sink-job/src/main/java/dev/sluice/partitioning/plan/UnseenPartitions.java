package dev.sluice.partitioning.plan;

import java.util.Collection;

/**
 * Estimates what a sample does not show: the partitions that none of its records is in.
 *
 * <p>Number: Chao1 (Chao 1984), from the partitions with one record in the sample (f1) and with two
 * (f2): f1²/2·f2 more, or f1·(f1-1)/2 if there is none with two. It is a lower bound, near the
 * truth where rare partitions are about equally rare. Share of future records in them: one minus
 * the sample coverage after Good and Turing, in the form of Chao and Jost (2012), about f1/n. What
 * unseen partitions get, the seen ones do not: their shares are lowered as Chao and Jost (2015) do,
 * rare ones most, so that all shares are one again.
 *
 * <p>All are estimates for a stream that goes on as the sample was; partitions named by a date come
 * and go, and are counted as the sample has them. Immutable.
 */
final class UnseenPartitions {
  /** Shares do not become zero: a partition that was seen exists. */
  private static final double LEAST_FACTOR = 1e-6;

  private final double records;
  private final double number;
  private final double share;
  private final double weight;

  private UnseenPartitions(double records, double number, double share, double weight) {
    this.records = records;
    this.number = number;
    this.share = share;
    this.weight = weight;
  }

  /**
   * @param counts records of each partition in the sample, each at least 1
   */
  static UnseenPartitions beyond(Collection<Long> counts) {
    double n = 0;
    double once = 0;
    double twice = 0;
    for (long count : counts) {
      n += count;
      once += count == 1 ? 1 : 0;
      twice += count == 2 ? 1 : 0;
    }
    if (once == 0 || n <= 1) {
      return new UnseenPartitions(Math.max(1, n), 0, 0, 0);
    }
    double number = (n - 1) / n * (twice > 0 ? once * once / twice : once * (once - 1)) / 2;
    double rare = (n - 1) * (twice > 0 ? once : once - 1);
    double share = once / n * rare / (rare + 2 * Math.max(1, twice));
    double missed = 0;
    for (long count : counts) {
      missed += count / n * missProbability(count, n);
    }
    return new UnseenPartitions(n, number, share, missed == 0 ? 0 : share / missed);
  }

  /** How many there are beyond the sample, at least. */
  double number() {
    return number;
  }

  /** How much of the records to come is in them, from 0 to 1. */
  double share() {
    return share;
  }

  /** The share of the records to come that is in a partition with so many in the sample. */
  double shareOfSeen(long count) {
    double factor = 1 - weight * missProbability(count, records);
    return count / records * Math.max(LEAST_FACTOR, factor);
  }

  /** That a partition with this share would be in no record of another sample of this size. */
  private static double missProbability(long count, double n) {
    return Math.pow(1 - count / n, n);
  }
}
