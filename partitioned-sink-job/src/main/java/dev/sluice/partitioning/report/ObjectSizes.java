package dev.sluice.partitioning.report;

import dev.sluice.common.report.chart.BarChart;

/** Objects by size, in classes that end at 1, 2, 5, 10, 20, 50 … bytes. Not thread-safe. */
final class ObjectSizes {
  private static final int CLASSES = 45;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private final long[] counts = new long[CLASSES];

  void add(long bytes) {
    int at = 0;
    while (at < CLASSES - 1 && bytes >= bound(at + 1)) {
      at++;
    }
    counts[at]++;
  }

  /** Lower bound of a class; the first one has all below 2 bytes. */
  private static long bound(int at) {
    long power = 1;
    for (int i = 0; i < at / 3; i++) {
      power *= 10;
    }
    return power * (at % 3 == 0 ? 1 : at % 3 == 1 ? 2 : 5);
  }

  /** From the class of the smallest to that of the largest object. */
  BarChart chart() {
    int low = 0;
    int high = CLASSES - 1;
    while (low < high && counts[low] == 0) {
      low++;
    }
    while (high > low && counts[high] == 0) {
      high--;
    }
    String[] labels = new String[high - low + 1];
    long[] values = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = name(low + i);
      values[i] = counts[low + i];
    }
    return new BarChart("Histogram of object sizes", "size of an object", labels, values);
  }

  /** {@code 200–500 B}, {@code 0.5–1 kB}. */
  private static String name(int at) {
    long from = at == 0 ? 0 : bound(at);
    long to = bound(at + 1);
    int unit = 0;
    double divisor = 1;
    while (unit < UNITS.length - 1 && to >= divisor * 1_000) {
      divisor *= 1_000;
      unit++;
    }
    return amount(from / divisor) + "–" + amount(to / divisor) + " " + UNITS[unit];
  }

  private static String amount(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
