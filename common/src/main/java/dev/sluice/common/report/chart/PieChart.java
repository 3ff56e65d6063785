package dev.sluice.common.report.chart;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Shares of a whole as a ring, with a list of the slices beside it. The largest six have colours of
 * their own, the others together are the seventh slice.
 */
public final class PieChart implements Piece {
  private static final double SIZE = 180;
  private static final double OUTER = 88;
  private static final double INNER = 56;

  /** Of the total, in the style sheet, beside text of the usual size. */
  private static final double LARGE = 22 / Canvas.FONT;

  private static final double SMALL = 16 / Canvas.FONT;

  private final String title;
  private final String unit;
  private final Map<String, Long> slices = new LinkedHashMap<>();
  private LongFunction<String> format = Figures::count;
  private String head = "Slice";

  /**
   * A ring without slices.
   *
   * @param title for those who do not see it
   * @param unit stands below the total, in the middle
   */
  public PieChart(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /**
   * Adds to a slice.
   *
   * @param value not negative
   */
  public PieChart slice(String name, long value) {
    slices.merge(name, value, Long::sum);
    return this;
  }

  /** Values are no counts, and are written so. */
  public PieChart valuesAs(LongFunction<String> text) {
    format = text;
    return this;
  }

  /** What a slice is, above the list of slices: {@code Stock}. */
  public PieChart slicesAre(String name) {
    head = name;
    return this;
  }

  @Override
  public void write(Markup html) {
    List<Map.Entry<String, Long>> shown = shown();
    long total = shown.stream().mapToLong(Map.Entry::getValue).sum();
    StringBuilder words = new StringBuilder(title).append(':');
    shown.forEach(
        slice ->
            words.append(' ').append(slice.getKey()).append(' ').append(percent(slice, total)));
    html.open("div", "class", "pie");
    Canvas.write(html, "chart ring", SIZE, words.toString(), new Ring(shown, total));
    html.open("table").open("thead").open("tr").element("th", head, "scope", "col");
    html.element("th", "Value", "scope", "col", "class", "number");
    html.element("th", "Share", "scope", "col", "class", "number");
    html.close("tr").close("thead").open("tbody");
    for (int i = 0; i < shown.size(); i++) {
      Map.Entry<String, Long> slice = shown.get(i);
      html.open("tr").open("th", "scope", "row");
      html.open("span", "class", "swatch " + Legend.colour(i)).close("span");
      html.element("bdi", slice.getKey()).close("th");
      html.element("td", format.apply(slice.getValue()), "class", "number");
      html.element("td", percent(slice, total), "class", "number").close("tr");
    }
    html.close("tbody").close("table").close("div");
  }

  /** Largest first; the rest behind them as one. */
  private List<Map.Entry<String, Long>> shown() {
    List<Map.Entry<String, Long>> ranked = Ranking.of(slices);
    if (ranked.size() <= Legend.COLOURS) {
      return ranked;
    }
    List<Map.Entry<String, Long>> shown = new ArrayList<>(ranked.subList(0, Legend.COLOURS));
    List<Map.Entry<String, Long>> rest = ranked.subList(Legend.COLOURS, ranked.size());
    shown.add(
        Map.entry(
            Figures.count(rest.size(), "other"),
            rest.stream().mapToLong(Map.Entry::getValue).sum()));
    return shown;
  }

  private static String percent(Map.Entry<String, Long> slice, long total) {
    return Figures.percent(total == 0 ? 0 : (double) slice.getValue() / total);
  }

  private final class Ring implements Drawing {
    private final List<Map.Entry<String, Long>> shown;
    private final long total;

    Ring(List<Map.Entry<String, Long>> shown, long total) {
      this.shown = shown;
      this.total = total;
    }

    @Override
    public double height(double width) {
      return SIZE;
    }

    @Override
    public void draw(Canvas canvas) {
      double from = 0;
      for (int i = 0; i < shown.size(); i++) {
        Map.Entry<String, Long> slice = shown.get(i);
        double share = total == 0 ? 0 : (double) slice.getValue() / total;
        if (share > 0) {
          String hover = slice.getKey() + ": " + format.apply(slice.getValue());
          canvas.path("slice " + Legend.colour(i), arc(from, Math.min(1, from + share)), hover);
        }
        from += share;
      }
      String sum = format.apply(total);
      boolean fits = Canvas.widthOf(sum) * LARGE <= 2 * INNER - 12;
      boolean fitsSmall = Canvas.widthOf(sum) * SMALL <= 2 * INNER - 12;
      String text = fitsSmall ? sum : Figures.shortCount(total);
      canvas.text(fits || !fitsSmall ? "total" : "total small", SIZE / 2, SIZE / 2 + 4, text);
      canvas.text("axis-name", SIZE / 2, SIZE / 2 + 22, unit);
    }
  }

  /** A piece of the ring between two shares of it; the whole ring is two halves. */
  private static String arc(double from, double to) {
    if (to - from > 0.999) {
      return arc(0, 0.5) + arc(0.5, 1);
    }
    int large = to - from > 0.5 ? 1 : 0;
    return "M"
        + point(OUTER, from)
        + arcTo(OUTER, large, 1)
        + point(OUTER, to)
        + "L"
        + point(INNER, to)
        + arcTo(INNER, large, 0)
        + point(INNER, from)
        + "Z";
  }

  private static String arcTo(double radius, int large, int clockwise) {
    return "A"
        + Canvas.number(radius)
        + " "
        + Canvas.number(radius)
        + " 0 "
        + large
        + " "
        + clockwise
        + " ";
  }

  private static String point(double radius, double share) {
    double angle = 2 * Math.PI * share;
    return Canvas.number(SIZE / 2 + radius * Math.sin(angle))
        + " "
        + Canvas.number(SIZE / 2 - radius * Math.cos(angle));
  }
}
