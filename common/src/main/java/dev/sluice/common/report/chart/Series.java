package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;

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
    runs(scale).forEach(run -> run(path, scale, run));
    return path.toString();
  }

  /** The path around what is between the line and the bottom of the plot. */
  String area(Scale scale) {
    StringBuilder path = new StringBuilder(values.length * 8);
    String bottom = " " + Canvas.number(scale.bottom());
    for (List<Integer> run : runs(scale)) {
      run(path, scale, run);
      long first = moments[run.get(0)];
      long last = moments[run.get(run.size() - 1)];
      path.append('L').append(Canvas.number(scale.x(last))).append(bottom);
      path.append('L').append(Canvas.number(scale.x(first))).append(bottom).append('Z');
    }
    return path.toString();
  }

  private void run(StringBuilder path, Scale scale, List<Integer> points) {
    char pen = 'M';
    for (int at : points) {
      path.append(pen).append(point(scale, at));
      pen = 'L';
    }
  }

  /** Points that are drawn, in runs without a gap. */
  private List<List<Integer>> runs(Scale scale) {
    List<List<Integer>> runs = new ArrayList<>();
    List<Integer> run = new ArrayList<>();
    int start = 0;
    while (start < values.length) {
      if (Double.isNaN(values[start])) {
        if (!run.isEmpty()) {
          runs.add(run);
          run = new ArrayList<>();
        }
        start++;
        continue;
      }
      start = column(scale, start, run) + 1;
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  /** Adds the points of one pixel's column to a run; the last one of the column. */
  private int column(Scale scale, int start, List<Integer> run) {
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
        run.add(at);
      }
      previous = at;
    }
    return end;
  }

  private String point(Scale scale, int at) {
    return Canvas.number(scale.x(moments[at])) + " " + Canvas.number(scale.y(values[at]));
  }
}
