package dev.sluice.common.report.chart;

/** First and last moment, least and greatest value of what is drawn. Not thread-safe. */
final class Extent {
  long from = Long.MAX_VALUE;
  long to = Long.MIN_VALUE;
  double least = Double.POSITIVE_INFINITY;
  double greatest = Double.NEGATIVE_INFINITY;

  void add(Series line) {
    for (int i = 0; i < line.moments.length; i++) {
      add(line.moments[i], line.values[i]);
    }
  }

  void add(long moment, double value) {
    span(moment, moment);
    value(value);
  }

  void span(long first, long last) {
    from = Math.min(from, first);
    to = Math.max(to, last);
  }

  void value(double value) {
    if (!Double.isNaN(value)) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }

  boolean isEmpty() {
    return from > to || least > greatest;
  }

  ValueAxis axis() {
    return new ValueAxis(least, greatest);
  }
}
