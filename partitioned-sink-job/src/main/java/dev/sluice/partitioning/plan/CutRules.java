package dev.sluice.partitioning.plan;

/**
 * How many records an object has when it ends, for a partition whose records come at random: a
 * Poisson stream.
 *
 * <p>An object begins with a record. Of rate r, another comes within the interval T in Poisson(r·T)
 * cases, and counts as long as the object is not full with k records; so it has 1 +
 * E[min(Poisson(r·T), k-1)] on average. From one end to the next object's begin passes 1/r,
 * whatever ended it. Hence r divided by that number is the rate of objects: r/(1+r·T) where size
 * does not matter, and r/k where only size does. Streams with bursts make fewer objects, perfectly
 * even ones hardly more.
 *
 * <p>Immutable.
 */
final class CutRules {
  /** Above this many expected records their scatter is no longer of interest. */
  private static final double MANY = 700;

  /** Above this many records in a full object the size of the last one is no longer of interest. */
  private static final double FULL_OF_MANY = 100;

  private final double bytes;
  private final double records;
  private final double seconds;
  private final double inactiveSeconds;

  /**
   * @param bytes of rows that end an object
   * @param records that end an object; infinite for no limit
   * @param seconds since its first record that end an object
   * @param inactiveSeconds without a record that end an object; infinite for no limit
   */
  CutRules(double bytes, double records, double seconds, double inactiveSeconds) {
    this.bytes = bytes;
    this.records = records;
    this.seconds = seconds;
    this.inactiveSeconds = inactiveSeconds;
  }

  /** The same rules with another age. */
  CutRules withSeconds(double age) {
    return new CutRules(bytes, records, age, inactiveSeconds);
  }

  /**
   * Records in an object on average, at least 1.
   *
   * @param rate records per second, above 0
   * @param mean bytes of a row, above 0
   * @param variance of the bytes of a row
   */
  double recordsPerObject(double rate, double mean, double variance) {
    double goesOn = 1; // that the next record comes before the object ends for inactivity
    double gap = 1 / rate;
    if (inactiveSeconds < seconds) {
      goesOn = -Math.expm1(-rate * inactiveSeconds);
      // Of the gaps that are short enough.
      gap -= inactiveSeconds * (1 - goesOn) / goesOn;
    }
    double expected = gap <= 0 ? Double.POSITIVE_INFINITY : seconds / gap;
    double full = Math.min(records, recordsToFill(expected, mean, variance));
    return 1 + more(Math.max(0, full - 1), expected, goesOn);
  }

  /** Sum over j up to most of P(Poisson(expected) >= j) times goesOn to the power of j. */
  private static double more(double most, double expected, double goesOn) {
    if (expected > MANY) {
      double number = Math.min(most, expected);
      return goesOn == 1 ? number : powers(goesOn, number);
    }
    double exactly = Math.exp(-expected);
    double atLeast = 1 - exactly;
    double weight = goesOn;
    double sum = 0;
    for (int j = 1; j - 1 < most && atLeast > 1e-12 && weight > 1e-12; j++) {
      sum += Math.min(1, most - (j - 1)) * atLeast * weight;
      exactly *= expected / j;
      atLeast -= exactly;
      weight *= goesOn;
    }
    return sum;
  }

  private static double powers(double base, double most) {
    return base * -Math.expm1(most * Math.log(base)) / (1 - base);
  }

  /**
   * Records after which their bytes have reached the limit: the sum over n of P(n rows are smaller
   * than it), their sum taken as normal.
   */
  private double recordsToFill(double expected, double mean, double variance) {
    double rows = bytes / mean;
    if (rows > FULL_OF_MANY || rows > 20 + 2 * expected) {
      return rows + 0.5 + variance / (2 * mean * mean);
    }
    double number = 1;
    for (int n = 1; n <= 10 * FULL_OF_MANY; n++) {
      double deviation = Math.sqrt(n * variance);
      double below = bytes - n * mean;
      double smaller = deviation == 0 ? (below > 0 ? 1 : 0) : normal(below / deviation);
      number += smaller;
      if (below < 0 && smaller < 1e-9) {
        break;
      }
    }
    return number;
  }

  /** The normal distribution function, to 1e-7 (Abramowitz and Stegun 26.2.17). */
  private static double normal(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * series;
    return x >= 0 ? 1 - tail : tail;
  }
}
