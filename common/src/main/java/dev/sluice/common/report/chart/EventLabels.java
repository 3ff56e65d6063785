package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the labels of events stand: in rows above the lanes, each beside its line, none on another,
 * and none on the line of another where that can be. Immutable.
 */
final class EventLabels {
  static final double ROW = 17;

  /** What does not fit into so many rows has its line and no label. */
  private static final int MOST_ROWS = 12;

  private static final double PAD = 5;

  final List<Label> labels = new ArrayList<>();
  final int rows;

  /**
   * Places them.
   *
   * @param events by time
   * @param x of each event's line
   * @param right where the drawing ends
   */
  EventLabels(List<Timeline.Event> events, double[] x, double right) {
    int most = 0;
    for (int i = 0; i < x.length; i++) {
      Label label = new Label(events.get(i), x[i], right);
      label.row = firstFree(label);
      most = Math.max(most, label.row + 1);
      labels.add(label);
    }
    rows = Math.min(most, MOST_ROWS);
  }

  /** Below all labels that lie over its line or its own place: their lines are to its left. */
  private int firstFree(Label label) {
    int row = 0;
    for (Label other : labels) {
      if (other.to > label.from || other.to > label.x) {
        row = Math.max(row, other.row + 1);
      }
    }
    return row;
  }

  static final class Label {
    final Timeline.Event event;
    final double x;
    final double from;
    final double to;
    final boolean before;
    int row;

    private Label(Timeline.Event event, double x, double right) {
      double width = Canvas.widthOf(event.label) + PAD;
      this.event = event;
      this.x = x;
      this.before = x + width > right;
      this.from = before ? x - width : x;
      this.to = before ? x : x + width;
    }

    boolean isShown() {
      return row < MOST_ROWS;
    }

    double y() {
      return row * ROW + 12;
    }

    double textX() {
      return before ? x - PAD : x + PAD;
    }
  }
}
