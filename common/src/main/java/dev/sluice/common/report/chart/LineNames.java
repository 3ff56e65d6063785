package dev.sluice.common.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names of lines beside their ends, apart from each other. Stateless. */
final class LineNames {
  /** Between two base lines. */
  private static final double LEAST = 14;

  private static final double TO_THE_MIDDLE = 4;

  private LineNames() {}

  /**
   * Writes them.
   *
   * @param x where names begin
   */
  static void write(Canvas canvas, Scale scale, List<Series> lines, double x) {
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      double last = lines.get(i).last();
      if (!Double.isNaN(last)) {
        names.add(new Name(lines.get(i).name, i, scale.y(last) + TO_THE_MIDDLE));
      }
    }
    names.sort(Comparator.comparingDouble(name -> name.y));
    for (int i = 1; i < names.size(); i++) {
      names.get(i).y = Math.max(names.get(i).y, names.get(i - 1).y + LEAST);
    }
    double lowest = scale.bottom() + TO_THE_MIDDLE;
    for (int i = names.size() - 1; i >= 0; i--) {
      names.get(i).y = Math.min(names.get(i).y, lowest);
      lowest = names.get(i).y - LEAST;
    }
    for (Name name : names) {
      canvas.text("name " + Legend.colour(name.line), x, name.y, name.text);
    }
  }

  private static final class Name {
    final String text;
    final int line;
    double y;

    Name(String text, int line, double y) {
      this.text = text;
      this.line = line;
      this.y = y;
    }
  }
}
