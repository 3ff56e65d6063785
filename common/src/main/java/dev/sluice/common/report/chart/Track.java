package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Amounts over time in a {@link Lane}: areas and lines on one axis from zero. Not thread-safe. */
public final class Track {
  final String unit;
  final double height;
  final List<Drawn> drawn = new ArrayList<>();

  /**
   * A track without amounts.
   *
   * @param unit at its axis
   * @param height in CSS pixels
   */
  public Track(String unit, double height) {
    this.unit = unit;
    this.height = height;
  }

  /**
   * Amounts as an area, which is broken where one is {@link Double#NaN}.
   *
   * @param moments in order
   */
  public Track area(String name, Tone tone, long[] moments, double[] values) {
    drawn.add(new Drawn(new Series(name, moments, values), tone, true));
    return this;
  }

  /** The same as a line. */
  public Track line(String name, Tone tone, long[] moments, double[] values) {
    drawn.add(new Drawn(new Series(name, moments, values), tone, false));
    return this;
  }

  double greatest() {
    double greatest = 0;
    for (Drawn each : drawn) {
      for (double value : each.series.values) {
        greatest = value > greatest ? value : greatest; // not for NaN
      }
    }
    return greatest;
  }

  void draw(Canvas canvas, Scale scale) {
    for (Drawn each : drawn) {
      if (each.filled) {
        canvas.path("area " + each.tone.style, each.series.area(scale), each.series.name);
      }
      canvas.path("line " + each.tone.style, each.series.path(scale), each.series.name);
    }
  }

  static final class Drawn {
    final Series series;
    final Tone tone;
    private final boolean filled;

    private Drawn(Series series, Tone tone, boolean filled) {
      this.series = series;
      this.tone = tone;
      this.filled = filled;
    }
  }
}
