package dev.sluice.common.report.chart;

import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Values over time, as wide as the page: up to six lines, marks on them, and spans of time behind
 * them. Several lines have their names at their ends, or above the chart where these are long, so
 * that colours are not all that tells them apart. Times are milliseconds since the epoch and are
 * shown in UTC.
 */
public final class LineChart implements Piece {
  private static final double PLOT = 220;
  private static final double TOP = 18;
  private static final double BOTTOM = 28;
  private static final double RIGHT = 8;
  private static final double MOST_OF_A_NAME = 90;

  /** How much wider than other text names are: bold, and often in capitals. */
  private static final double BOLD = 1.4;

  private final String title;
  private final String unit;
  private final List<Series> lines = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();
  private boolean fromZero;

  /**
   * A chart without lines.
   *
   * @param title for those who do not see it
   * @param unit of the values, for the axis: {@code USD}, {@code records/s}
   */
  public LineChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /**
   * Adds a line; it is broken where a value is {@link Double#NaN}.
   *
   * @param moments in order
   * @throws IllegalArgumentException if it is a seventh line, there are not as many values as
   *     moments, or moments are not in order
   */
  public LineChart line(String name, long[] moments, double[] values) {
    if (lines.size() == Legend.COLOURS) {
      throw new IllegalArgumentException("A chart must have at most " + Legend.COLOURS + " lines");
    }
    lines.add(new Series(name, moments, values));
    return this;
  }

  /** Marks a point, such as an alert. */
  public LineChart mark(long moment, double value, String hover) {
    marks.add(new Mark(moment, value, hover));
    return this;
  }

  /** Shades a span of time, such as an outage. */
  public LineChart span(long from, long to, String name) {
    spans.add(new Span(from, to, name));
    return this;
  }

  /** The axis begins at zero, as it is right for amounts, and not for prices. */
  public LineChart fromZero() {
    fromZero = true;
    return this;
  }

  @Override
  public void write(Markup html) {
    if (lines.size() > 1 && !namesAtEnds()) {
      Legend.write(html, lines.stream().map(line -> line.name).collect(Collectors.toList()));
    }
    Extent extent = new Extent();
    lines.forEach(extent::add);
    marks.forEach(mark -> extent.add(mark.moment, mark.value));
    spans.forEach(span -> extent.span(span.from, span.to));
    if (fromZero) {
      extent.value(0);
    }
    Canvas.write(html, Room.PAGE, title + ": " + inWords(extent), new Lines(extent));
  }

  private boolean namesAtEnds() {
    return lines.size() > 1 && widestName() <= MOST_OF_A_NAME;
  }

  private double widestName() {
    return lines.stream().mapToDouble(line -> BOLD * Canvas.widthOf(line.name)).max().orElse(0);
  }

  private String inWords(Extent extent) {
    if (extent.isEmpty()) {
      return "nothing";
    }
    String names = lines.stream().map(line -> line.name).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s, %s to %s %s, from %s to %s UTC%s",
        names,
        extent.axis().between(extent.least),
        extent.axis().between(extent.greatest),
        unit,
        TimeAxis.exact(extent.from),
        TimeAxis.exact(extent.to),
        marks.isEmpty() ? "" : ", " + marks.size() + " marked");
  }

  private static final class Mark {
    final long moment;
    final double value;
    final String hover;

    Mark(long moment, double value, String hover) {
      this.moment = moment;
      this.value = value;
      this.hover = hover;
    }
  }

  private static final class Span {
    final long from;
    final long to;
    final String name;

    Span(long from, long to, String name) {
      this.from = from;
      this.to = to;
      this.name = name;
    }
  }

  private final class Lines implements Drawing {
    private final Extent extent;

    Lines(Extent extent) {
      this.extent = extent;
    }

    @Override
    public double height(double width) {
      return TOP + PLOT + BOTTOM;
    }

    @Override
    public void draw(Canvas canvas) {
      if (extent.isEmpty()) {
        canvas.text("axis-name", canvas.width / 2, TOP + PLOT / 2, "nothing to show");
        return;
      }
      ValueAxis axis = extent.axis();
      double left = 0;
      for (double value : axis.values()) {
        left = Math.max(left, Canvas.widthOf(axis.name(value)) + 8);
      }
      double right = canvas.width - RIGHT - (namesAtEnds() ? widestName() : 0);
      Scale scale =
          new Scale(extent.from, extent.to, axis, new double[] {left, TOP, right, TOP + PLOT});
      spans(canvas, scale);
      grid(canvas, scale, left, right);
      for (int i = 0; i < lines.size(); i++) {
        canvas.path("line " + Legend.colour(i), lines.get(i).path(scale), lines.get(i).name);
      }
      if (namesAtEnds()) {
        LineNames.write(canvas, scale, lines, right + RIGHT);
      }
      for (Mark mark : marks) {
        String hover = TimeAxis.exact(mark.moment) + ": " + mark.hover;
        canvas.circle("mark", scale.x(mark.moment), scale.y(mark.value), 4.5, hover);
      }
    }

    private void spans(Canvas canvas, Scale scale) {
      for (Span span : spans) {
        double x = scale.x(span.from);
        double width = Math.max(1, scale.x(span.to) - x);
        String hover =
            span.name + ": " + TimeAxis.exact(span.from) + " to " + TimeAxis.exact(span.to);
        canvas.rectangle("span", new double[] {x, TOP, width, PLOT}, hover);
        canvas.text("start", x + 5, TOP + 14, Canvas.fitted(span.name, width - 8));
      }
    }

    private void grid(Canvas canvas, Scale scale, double left, double right) {
      ValueAxis axis = extent.axis();
      for (double value : axis.values()) {
        canvas.line("axis", left, scale.y(value), right, scale.y(value));
        canvas.text("end", left - 6, scale.y(value) + 4, axis.name(value));
      }
      canvas.text("start", 0, 9, unit);
      TimeAxis times = new TimeAxis(extent.from, extent.to, right - left);
      for (long moment : times.moments()) {
        double half = Canvas.widthOf(times.name(moment)) / 2;
        double x = Math.max(half, Math.min(scale.x(moment), canvas.width - half));
        canvas.text("tick", x, TOP + PLOT + 18, times.name(moment));
      }
    }
  }
}
