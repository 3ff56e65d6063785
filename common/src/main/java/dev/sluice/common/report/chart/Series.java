package dev.sluice.common.report.chart;

/** One line of a chart: values at moments, in their order. Immutable. */
final class Series {
  final String name;
  final long[] moments;
  final double[] values;

  Series(String name, long[] moments, double[] values) {
    if (moments.length != values.length) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' must have a value per moment, but has "
              + values.length
              + " values and "
              + moments.length
              + " moments");
    }
    for (int i = 1; i < moments.length; i++) {
      if (moments[i] < moments[i - 1]) {
        throw new IllegalArgumentException("Moments of '" + name + "' must be in order");
      }
    }
    this.name = name;
    this.moments = moments.clone();
    this.values = values.clone();
  }

  /** The last value that is one; NaN if there is none. */
  double last() {
    int at = values.length - 1;
    while (at >= 0 && Double.isNaN(values[at])) {
      at--;
    }
    return at < 0 ? Double.NaN : values[at];
  }

  /**
   * The path of the line. Of the points of one pixel's column the first, the least, the greatest
   * and the last are drawn, so that no peak is lost, however many there are.
   */
  String path(Scale scale) {
    StringBuilder path = new StringBuilder(values.length * 8);
    boolean pen = false;
    int start = 0;
    while (start < values.length) {
      if (Double.isNaN(values[start])) {
        pen = false; // a gap
        start++;
        continue;
      }
      int end = start;
      int least = start;
      int greatest = start;
      while (end + 1 < values.length
          && !Double.isNaN(values[end + 1])
          && (int) scale.x(moments[end + 1]) == (int) scale.x(moments[start])) {
        end++;
        least = values[end] < values[least] ? end : least;
        greatest = values[end] > values[greatest] ? end : greatest;
      }
      int previous = -1;
      for (int at : new int[] {start, Math.min(least, greatest), Math.max(least, greatest), end}) {
        if (at != previous) {
          path.append(pen ? 'L' : 'M').append(point(scale, at));
          pen = true;
        }
        previous = at;
      }
      start = end + 1;
    }
    return path.toString();
  }

  private String point(Scale scale, int at) {
    return Canvas.number(scale.x(moments[at])) + " " + Canvas.number(scale.y(values[at]));
  }
}
