package dev.sluice.common.report.chart;

/** From moments and values to places in a drawing. Immutable. */
final class Scale {
  private final long from;
  private final double perMilli;
  private final double left;
  private final double low;
  private final double perUnit;
  private final double bottom;

  /**
   * @param plot left, top, right, bottom
   */
  Scale(long from, long to, ValueAxis values, double[] plot) {
    this.from = from;
    this.left = plot[0];
    this.perMilli = (plot[2] - plot[0]) / Math.max(1, to - from);
    this.low = values.low;
    this.bottom = plot[3];
    this.perUnit = (plot[3] - plot[1]) / (values.high - values.low);
  }

  double x(long moment) {
    return left + (moment - from) * perMilli;
  }

  double y(double value) {
    return bottom - (value - low) * perUnit;
  }

  double bottom() {
    return bottom;
  }
}
