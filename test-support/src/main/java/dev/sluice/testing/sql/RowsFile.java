package dev.sluice.testing.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.RowKind;

/**
 * Rows of a table as text: names of columns in the first line, a row in each other, cells with
 * {@code |} between them. With a first column {@code op} each row has its kind ({@code +I}, {@code
 * -U}, {@code +U}, {@code -D}). Lines that begin with {@code #} and empty ones do not count; lines
 * that begin with {@code @} tell something else than a row. Immutable.
 */
final class RowsFile {
  private static final String KIND = "op";

  final Path path;
  final List<String> columns;
  final boolean hasKinds;
  final List<Line> lines;
  final int headLine;

  private RowsFile(
      Path path, List<String> columns, boolean hasKinds, List<Line> lines, int headLine) {
    this.path = path;
    this.columns = List.copyOf(columns);
    this.hasKinds = hasKinds;
    this.lines = List.copyOf(lines);
    this.headLine = headLine;
  }

  static RowsFile read(Path path) {
    List<String> texts;
    try {
      texts = Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MalformedSqlTestException("Cannot read '" + path + "': " + e.getMessage(), e);
    }
    List<String> columns = null;
    List<Line> lines = new ArrayList<>();
    int headLine = 0;
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      if (text.startsWith("@")) {
        lines.add(Line.directive(path, i + 1, text));
      } else if (columns == null) {
        columns = cells(text);
        headLine = i + 1;
      } else {
        lines.add(Line.row(path, i + 1, cells(text)));
      }
    }
    if (columns == null) {
      throw new MalformedSqlTestException(path + ": the names of the columns are missing");
    }
    boolean kinds = columns.get(0).equals(KIND);
    RowsFile file =
        new RowsFile(
            path, kinds ? columns.subList(1, columns.size()) : columns, kinds, lines, headLine);
    file.check();
    return file;
  }

  private void check() {
    if (new HashSet<>(columns).size() < columns.size()) {
      throw malformed(headLine, "a column is named twice");
    }
    int width = columns.size() + (hasKinds ? 1 : 0);
    for (Line line : lines) {
      if (!line.isDirective() && line.cells.size() != width) {
        throw line.malformed(
            "has " + line.cells.size() + " cells, but there are " + width + " columns");
      }
    }
  }

  /** Cells of a row by column. */
  Map<String, String> byColumn(Line row) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.put(columns.get(i), row.cells.get(hasKinds ? i + 1 : i));
    }
    return cells;
  }

  RowKind kind(Line row) {
    if (!hasKinds) {
      return RowKind.INSERT;
    }
    for (RowKind kind : RowKind.values()) {
      if (kind.shortString().equals(row.cells.get(0))) {
        return kind;
      }
    }
    throw row.malformed(
        "must begin with one of +I, -U, +U, -D, but was '" + row.cells.get(0) + "'");
  }

  MalformedSqlTestException malformed(int line, String rule) {
    return new MalformedSqlTestException(path + ":" + line + ": " + rule);
  }

  /** Splits at bars outside of quotes. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      }
      if (c == '|' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  /** A row, or something that is told about rows. Immutable. */
  static final class Line {
    final Path path;
    final int number;
    final List<String> cells;
    final String directive;

    private Line(Path path, int number, List<String> cells, String directive) {
      this.path = path;
      this.number = number;
      this.cells = List.copyOf(cells);
      this.directive = directive;
    }

    static Line row(Path path, int number, List<String> cells) {
      return new Line(path, number, cells, "");
    }

    static Line directive(Path path, int number, String text) {
      return new Line(path, number, List.of(), text);
    }

    boolean isDirective() {
      return !directive.isEmpty();
    }

    /** Whether the line begins with that word, such as {@code @watermark}. */
    boolean says(String word) {
      return directive.equals(word) || directive.startsWith(word + " ");
    }

    String rest(String word) {
      return directive.substring(word.length()).strip();
    }

    MalformedSqlTestException malformed(String rule) {
      return new MalformedSqlTestException(path + ":" + number + ": " + rule);
    }
  }
}
