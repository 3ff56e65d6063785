package dev.sluice.images.report;

import java.util.Locale;

/** A histogram in SVG, with its counts above the bars. Immutable. */
final class BarChart {
  private static final double WIDTH = 480;
  private static final double BARS = 150;
  private static final double TOP = 22;
  private static final double BOTTOM = 40;

  private final String title;
  private final String axis;
  private final String[] labels;
  private final long[] values;

  /**
   * @param title for those who do not see it
   * @param axis what the labels are
   * @param labels one per bar
   * @param values one per bar, not negative
   */
  BarChart(String title, String axis, String[] labels, long[] values) {
    this.title = title;
    this.axis = axis;
    this.labels = labels.clone();
    this.values = values.clone();
  }

  void write(Markup html) {
    double height = TOP + BARS + BOTTOM;
    html.open(
        "svg",
        "viewBox",
        "0 0 " + number(WIDTH) + " " + number(height),
        "role",
        "img",
        "aria-label",
        title + ": " + inWords());
    long highest = 1;
    for (long value : values) {
      highest = Math.max(highest, value);
    }
    double step = WIDTH / values.length;
    double bar = Math.min(56, step * 0.78);
    for (int i = 0; i < values.length; i++) {
      double middle = step * (i + 0.5);
      // A single image among millions is still to be seen.
      double length = values[i] == 0 ? 0 : Math.max(2, BARS * values[i] / highest);
      rectangle(html, middle - bar / 2, TOP + BARS - length, bar, length);
      if (values[i] > 0) {
        label(html, "count", middle, TOP + BARS - length - 6, shortCount(values[i]));
      }
      label(html, "tick", middle, TOP + BARS + 17, labels[i]);
    }
    String base = number(TOP + BARS + 0.5);
    html.empty("line", "class", "axis", "x1", "0", "x2", number(WIDTH), "y1", base, "y2", base);
    label(html, "axis-name", WIDTH / 2, height - 4, axis);
    html.close("svg");
  }

  private String inWords() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        words.append(words.length() == 0 ? "" : "; ");
        words.append(labels[i]).append(": ").append(Figures.count(values[i]));
      }
    }
    return words.length() == 0 ? "nothing" : words.toString();
  }

  private static void rectangle(Markup html, double x, double y, double width, double height) {
    html.empty(
        "rect",
        "class",
        "bar",
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height),
        "rx",
        height < 6 ? "0" : "2");
  }

  private static void label(Markup html, String kind, double x, double y, String text) {
    html.element("text", text, "class", kind, "x", number(x), "y", number(y));
  }

  /** A count that fits above a bar: {@code 9,999}, {@code 12 k}, {@code 1.2 M}. */
  private static String shortCount(long value) {
    if (value < 10_000) {
      return Figures.count(value);
    }
    return value < 1_000_000
        ? value / 1_000 + " k"
        : String.format(Locale.ROOT, "%.1f M", value / 1e6);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
  }
}
