package dev.sluice.benchmarks.sql;

/**
 * How the price of a stock moves over time, planted drops aside; by less than a drop in ten
 * minutes.
 */
enum PriceShape {
  /**
   * Falls for ever, so that each row of the last ten minutes may be the start of a drop: nobody can
   * forget one.
   */
  FALLING,

  /** Waves of two periods, and noise: most rows are soon below a later one. */
  WAVES;

  private static final double HIGH = 1e8;
  private static final double FALL_PER_MILLI = 400.0 / 600_000;

  /**
   * @param time in milliseconds from the start
   * @param random 0 to 1
   */
  double at(long time, double random) {
    if (this == FALLING) {
      return HIGH - time * FALL_PER_MILLI;
    }
    return 1_000
        + 40 * Math.sin(2 * Math.PI / 1_800_000 * (time % 1_800_000))
        + 20 * Math.sin(2 * Math.PI / 300_000 * (time % 300_000))
        + 4 * random;
  }
}
