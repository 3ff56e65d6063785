package dev.sluice.common.report.chart;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import java.util.function.LongFunction;

/**
 * Bars with their values above them: a histogram, or a value per window of time. Where there are
 * too many bars for all values and names, some are named, and all by pointing at them.
 */
public final class BarChart implements Piece {
  private static final double BARS = 150;
  private static final double TOP = 22;
  private static final double BOTTOM = 40;
  private static final double LEAST_GAP = 4;

  private final String title;
  private final String axis;
  private final String[] labels;
  private final long[] values;
  private Room room = Room.CARD;
  private LongFunction<String> format = Figures::shortCount;
  private LongFunction<String> exact = Figures::count;

  /**
   * A chart of counts, as wide as a card.
   *
   * @param title for those who do not see it
   * @param axis what the labels are
   * @param labels one per bar
   * @param values one per bar, not negative
   */
  public BarChart(String title, String axis, String[] labels, long[] values) {
    this.title = title;
    this.axis = axis;
    this.labels = labels.clone();
    this.values = values.clone();
  }

  /** As wide as the page. */
  public BarChart acrossPage() {
    room = Room.PAGE;
    return this;
  }

  /** Values are no counts, and are written so. */
  public BarChart valuesAs(LongFunction<String> text) {
    format = text;
    exact = text;
    return this;
  }

  @Override
  public void write(Markup html) {
    Canvas.write(html, room, title + ": " + inWords(), new Bars());
  }

  private String inWords() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0) {
        words.append(words.length() == 0 ? "" : "; ");
        words.append(labels[i]).append(": ").append(exact.apply(values[i]));
      }
    }
    return words.length() == 0 ? "nothing" : words.toString();
  }

  private final class Bars implements Drawing {
    @Override
    public double height(double width) {
      return TOP + BARS + BOTTOM;
    }

    @Override
    public void draw(Canvas canvas) {
      double step = canvas.width / Math.max(1, values.length);
      double bar = Math.min(56, step * (step < 8 ? 0.9 : 0.78));
      int highest = highest();
      boolean allValues = widest(format) + 4 <= step;
      int named = namedEvery(step);
      for (int i = 0; i < values.length; i++) {
        double middle = step * (i + 0.5);
        // A single one among millions is still to be seen.
        double length = values[i] == 0 ? 0 : Math.max(2, BARS * values[i] / values[highest]);
        double top = TOP + BARS - length;
        String hover = labels[i] + ": " + exact.apply(values[i]);
        canvas.rectangle("bar", new double[] {middle - bar / 2, top, bar, length}, hover);
        if (values[i] > 0 && (allValues || i == highest)) {
          String text = format.apply(values[i]);
          canvas.text("count", inside(middle, text, canvas.width), top - 6, text);
        }
        if (i % named == 0) {
          double x = inside(middle, labels[i], canvas.width);
          canvas.text("tick", x, TOP + BARS + 17, labels[i]);
        }
      }
      canvas.line("axis", 0, TOP + BARS + 0.5, canvas.width, TOP + BARS + 0.5);
      canvas.text("axis-name", canvas.width / 2, canvas.height - 4, axis);
    }
  }

  private int highest() {
    int highest = 0;
    for (int i = 1; i < values.length; i++) {
      highest = values[i] > values[highest] ? i : highest;
    }
    return highest;
  }

  private double widest(LongFunction<String> text) {
    double widest = 0;
    for (long value : values) {
      widest = Math.max(widest, Canvas.widthOf(text.apply(value)));
    }
    return widest;
  }

  /** Names as many bars as have room for it: each, or every second, third … */
  private int namedEvery(double step) {
    int every = 1;
    while (every < labels.length && overlap(every, step)) {
      every++;
    }
    return every;
  }

  private boolean overlap(int every, double step) {
    double width = step * labels.length;
    for (int i = every; i < labels.length; i += every) {
      double both = Canvas.widthOf(labels[i - every]) + Canvas.widthOf(labels[i]);
      double distance =
          inside(step * (i + 0.5), labels[i], width)
              - inside(step * (i - every + 0.5), labels[i - every], width);
      if (both / 2 + LEAST_GAP > distance) {
        return true;
      }
    }
    return false;
  }

  /** The middle of a text, moved so that it does not stand out of the drawing. */
  private static double inside(double middle, String text, double width) {
    double half = Canvas.widthOf(text) / 2;
    return Math.max(half, Math.min(middle, width - half));
  }
}
