package dev.sluice.analytics.report;

import java.util.Arrays;
import java.util.Comparator;

/** What is known of a stock: its prices in the order of time, and sums. Not thread-safe. */
final class Stock {
  private static final int FIRST = 1_024;

  final String ticker;
  long volume;
  long removed;
  long late;
  double lowest = Double.POSITIVE_INFINITY;
  double highest = Double.NEGATIVE_INFINITY;

  private long[] times = new long[FIRST];
  private double[] prices = new double[FIRST];
  private int count;

  Stock(String ticker) {
    this.ticker = ticker;
  }

  void add(long time, double price) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      prices = Arrays.copyOf(prices, 2 * count);
    }
    times[count] = time;
    prices[count] = price;
    count++;
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
  }

  /** Trades, each once. */
  int trades() {
    return count;
  }

  /** Called once, when all trades are there. */
  void sort() {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    // Of trades at the same time the order is not known any more: theirs is that of the price.
    Arrays.sort(
        order,
        Comparator.<Integer>comparingLong(i -> times[i]).thenComparingDouble(i -> prices[i]));
    long[] sortedTimes = new long[count];
    double[] sortedPrices = new double[count];
    for (int i = 0; i < count; i++) {
      sortedTimes[i] = times[order[i]];
      sortedPrices[i] = prices[order[i]];
    }
    times = sortedTimes;
    prices = sortedPrices;
  }

  long[] times() {
    return times;
  }

  double[] prices() {
    return prices;
  }
}
