package dev.sluice.testing.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares rows as text and prints what differs, side by side in columns. Stateless. */
final class RowsDiff {
  private RowsDiff() {}

  static Optional<String> of(
      String file, List<String> head, List<Row> wanted, List<Row> got, boolean ordered) {
    List<Line> lines = ordered ? inOrder(wanted, got) : inOrder(sorted(wanted), sorted(got));
    long missing = lines.stream().filter(line -> line.mark == '-').count();
    long unexpected = lines.stream().filter(line -> line.mark == '+').count();
    if (missing + unexpected == 0) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s: %d of %d expected rows are missing (-), %d came that nobody expects (+)%n",
            file, missing, wanted.size(), unexpected));
    int[] widths = widths(head, lines);
    text.append("      ").append(aligned(head, widths)).append('\n');
    for (Line line : lines) {
      text.append("    ").append(line.mark).append(' ').append(aligned(line.row.cells, widths));
      if (line.mark == '-') {
        text.append("   line ").append(line.row.line);
      }
      text.append('\n');
    }
    return Optional.of(text.toString());
  }

  private static List<Row> sorted(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing((Row row) -> String.join("|", row.cells)));
    return sorted;
  }

  /** The longest common subsequence stays; the rest is missing or unexpected. */
  private static List<Line> inOrder(List<Row> wanted, List<Row> got) {
    int[][] common = new int[wanted.size() + 1][got.size() + 1];
    for (int i = wanted.size() - 1; i >= 0; i--) {
      for (int j = got.size() - 1; j >= 0; j--) {
        common[i][j] =
            wanted.get(i).cells.equals(got.get(j).cells)
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < wanted.size() || j < got.size()) {
      boolean both = i < wanted.size() && j < got.size();
      if (both && wanted.get(i).cells.equals(got.get(j).cells)) {
        lines.add(new Line(' ', wanted.get(i++)));
        j++;
      } else if (j >= got.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line('-', wanted.get(i++)));
      } else {
        lines.add(new Line('+', got.get(j++)));
      }
    }
    return lines;
  }

  private static int[] widths(List<String> head, List<Line> lines) {
    int[] widths = head.stream().mapToInt(String::length).toArray();
    for (Line line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.row.cells.get(i).length());
      }
    }
    return widths;
  }

  private static String aligned(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      text.append(i == 0 ? "" : " | ").append(cell);
      text.append(" ".repeat(i == cells.size() - 1 ? 0 : widths[i] - cell.length()));
    }
    return text.toString();
  }

  /** Cells of a row, and its line in the file of expected rows, or 0. */
  static final class Row {
    final int line;
    final List<String> cells;

    Row(int line, List<String> cells) {
      this.line = line;
      this.cells = cells;
    }
  }

  private static final class Line {
    final char mark;
    final Row row;

    Line(char mark, Row row) {
      this.mark = mark;
      this.row = row;
    }
  }
}
