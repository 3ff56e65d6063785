package dev.sluice.analytics;

import dev.sluice.common.source.generated.ticks.Tick;
import java.util.Comparator;

/** The trades of a stock in a window, in plain Java. Neither knows nor needs their order. */
final class Bar {
  private static final Comparator<Tick> ORDER =
      Comparator.comparingLong((Tick tick) -> tick.eventTime).thenComparing(tick -> tick.eventId);

  long trades;
  long volume;
  double high = Double.NEGATIVE_INFINITY;
  double low = Double.POSITIVE_INFINITY;
  private long cents;
  private Tick first;
  private Tick last;

  void add(Tick tick) {
    trades++;
    volume += tick.volume;
    high = Math.max(high, tick.price);
    low = Math.min(low, tick.price);
    cents += Math.round(tick.price * 100) * tick.volume;
    first = first == null || ORDER.compare(tick, first) < 0 ? tick : first;
    last = last == null || ORDER.compare(tick, last) > 0 ? tick : last;
  }

  Tick first() {
    return first;
  }

  Tick last() {
    return last;
  }

  /** From whole cents, so that it is exact. */
  double vwap() {
    return cents / 100.0 / volume;
  }
}
