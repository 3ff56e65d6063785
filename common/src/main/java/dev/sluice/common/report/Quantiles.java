package dev.sluice.common.report;

/**
 * Median and the like of any number of durations in constant memory.
 *
 * <p>Counts by classes whose bounds grow by 2 %, from a microsecond to six hours, so that an answer
 * is at most 1 % off. Not thread-safe.
 */
public final class Quantiles {
  private static final double LOWEST = 0.001;
  private static final double GROWTH = 1.02;
  private static final int CLASSES = 1_200;

  private final long[] counts = new long[CLASSES];
  private long total;

  /** Counts a duration in milliseconds. */
  public void add(double millis) {
    int at = millis <= LOWEST ? 0 : 1 + (int) (Math.log(millis / LOWEST) / Math.log(GROWTH));
    counts[Math.min(at, CLASSES - 1)]++;
    total++;
  }

  public boolean isEmpty() {
    return total == 0;
  }

  /**
   * The duration in milliseconds that this share of all does not exceed; 0 if there are none.
   *
   * @param share 0 to 1
   */
  public double at(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < CLASSES && total > 0; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return i == 0 ? LOWEST : LOWEST * Math.pow(GROWTH, i - 0.5);
      }
    }
    return 0;
  }
}
