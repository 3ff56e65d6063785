package dev.sluice.replication.health;

/**
 * Counts requests by outcome over the last so much time, in {@value #MOST_BUCKETS} buckets at most:
 * what is older than the window leaves it bucket by bucket, and memory does not depend on traffic.
 *
 * <p>Times are milliseconds since the epoch, in any order. Not thread-safe.
 */
final class ErrorWindow {
  static final int MOST_BUCKETS = 300;

  private final long bucketMillis;
  private final long[] number;
  private final long[] succeeded;
  private final long[] failed;

  /**
   * @param windowMillis at least 1; rounded up to whole buckets
   */
  ErrorWindow(long windowMillis) {
    int buckets = (int) Math.min(MOST_BUCKETS, windowMillis);
    bucketMillis = (windowMillis + buckets - 1) / buckets;
    int needed = (int) ((windowMillis + bucketMillis - 1) / bucketMillis);
    number = new long[needed];
    succeeded = new long[needed];
    failed = new long[needed];
  }

  long bucketMillis() {
    return bucketMillis;
  }

  int buckets() {
    return number.length;
  }

  /**
   * Counts requests that ended at a time; those that a newer bucket has taken the place of, not.
   */
  void add(long time, long moreSucceeded, long moreFailed) {
    if (moreSucceeded < 0 || moreFailed < 0) {
      throw new IllegalArgumentException(
          "Counts must not be negative, but were '" + moreSucceeded + "', '" + moreFailed + "'");
    }
    long bucket = Math.floorDiv(time, bucketMillis);
    int slot = (int) Math.floorMod(bucket, (long) number.length);
    boolean empty = succeeded[slot] + failed[slot] == 0;
    if (!empty && bucket < number[slot]) {
      return;
    }
    if (empty || bucket > number[slot]) {
      number[slot] = bucket;
      succeeded[slot] = 0;
      failed[slot] = 0;
    }
    succeeded[slot] += moreSucceeded;
    failed[slot] += moreFailed;
  }

  /** What ended in the window up to a time, its own bucket included. */
  WindowCounts at(long time) {
    long newest = Math.floorDiv(time, bucketMillis);
    int buckets = 0;
    long ok = 0;
    long bad = 0;
    double rates = 0;
    double inverses = 0;
    long firstFailure = Long.MAX_VALUE;
    long lastFailure = Long.MIN_VALUE;
    long last = Long.MIN_VALUE;
    for (int slot = 0; slot < number.length; slot++) {
      boolean inside = number[slot] > newest - number.length && number[slot] <= newest;
      double requests = succeeded[slot] + failed[slot];
      if (!inside || requests == 0) {
        continue;
      }
      buckets++;
      ok += succeeded[slot];
      bad += failed[slot];
      rates += failed[slot] / requests;
      inverses += 1 / requests;
      last = Math.max(last, number[slot]);
      if (failed[slot] > 0) {
        firstFailure = Math.min(firstFailure, number[slot]);
        lastFailure = Math.max(lastFailure, number[slot]);
      }
    }
    return buckets == 0
        ? WindowCounts.NONE
        : new WindowCounts(
            ok,
            bad,
            rates / buckets,
            inverses / buckets / buckets,
            bad == 0 ? 0 : firstFailure * bucketMillis,
            bad == 0 ? 0 : lastFailure * bucketMillis,
            (last + 1) * bucketMillis - 1);
  }
}
