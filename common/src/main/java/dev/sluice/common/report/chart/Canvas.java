package dev.sluice.common.report.chart;

import dev.sluice.common.report.Markup;
import java.util.Locale;

/**
 * Shapes and text of one drawing in CSS pixels. Classes are those of the page's style sheet, so
 * that colours follow light and dark.
 */
final class Canvas {
  /** Size of text in the style sheet. */
  static final double FONT = 12;

  private static final double MEAN_LETTER = 0.56;

  final double width;
  final double height;
  private final Markup html;

  private Canvas(Markup html, double width, double height) {
    this.html = html;
    this.width = width;
    this.height = height;
  }

  /**
   * Draws twice, for a desktop and for a phone; the style sheet shows one of them.
   *
   * @param words what the drawing shows, for those who do not see it
   */
  static void write(Markup html, Room room, String words, Drawing drawing) {
    write(html, "chart wide", room.wide, words, drawing);
    write(html, "chart narrow", room.narrow, words, drawing);
  }

  static void write(Markup html, String kind, double width, String words, Drawing drawing) {
    double height = drawing.height(width);
    String box = "0 0 " + number(width) + " " + number(height);
    html.open("svg", "class", kind, "viewBox", box, "role", "img", "aria-label", words);
    drawing.draw(new Canvas(html, width, height));
    html.close("svg");
  }

  /**
   * A rectangle.
   *
   * @param hover shown when one points at it; none if empty
   */
  void rectangle(String kind, double[] box, String hover) {
    String round = box[3] < 6 || box[2] < 6 ? "0" : "2";
    html.open(
        "rect",
        "class",
        kind,
        "x",
        number(box[0]),
        "y",
        number(box[1]),
        "width",
        number(box[2]),
        "height",
        number(box[3]),
        "rx",
        round);
    end("rect", hover);
  }

  void line(String kind, double x1, double y1, double x2, double y2) {
    html.empty(
        "line",
        "class",
        kind,
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
  }

  void path(String kind, String shape, String hover) {
    html.open("path", "class", kind, "d", shape);
    end("path", hover);
  }

  void circle(String kind, double x, double y, double radius, String hover) {
    html.open("circle", "class", kind, "cx", number(x), "cy", number(y), "r", number(radius));
    end("circle", hover);
  }

  void text(String kind, double x, double y, String text) {
    html.element("text", text, "class", kind, "x", number(x), "y", number(y));
  }

  private void end(String element, String hover) {
    if (!hover.isEmpty()) {
      html.element("title", hover);
    }
    html.close(element);
  }

  /** About how wide a text is; letters of Asian scripts are wider than others. */
  static double widthOf(String text) {
    return text.codePoints().mapToDouble(c -> c < 0x2E80 ? MEAN_LETTER : 1).sum() * FONT;
  }

  /** The text, or its beginning, so that it fits; empty if not even three letters do. */
  static String fitted(String text, double room) {
    if (widthOf(text) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && widthOf(text.substring(0, end) + "…") > room) {
      end = text.offsetByCodePoints(end, -1);
    }
    return end < 3 ? "" : text.substring(0, end) + "…";
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
