package dev.sluice.common.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The declared options as a table: Markdown for a README, plain text for {@code --help}.
 *
 * <p>A test keeps a README true: {@code
 * assertThat(OptionsTable.of(FooOptions.ALL).differencesFrom(readme)).isEmpty()}.
 */
public final class OptionsTable {
  /** What the plain table is wrapped to, in characters. */
  public static final int WIDTH = 100;

  private static final List<String> HEAD =
      List.of("Option", "Type", "Default", "Unit, range", "Description");
  private static final int GREATEST_KEY_WIDTH = 32;
  private static final int TYPE_WIDTH = 11;
  private static final int DEFAULT_WIDTH = 12;
  private static final int RANGE_WIDTH = 14;
  private static final String GAP = "  ";

  private final List<List<String>> rows;

  private OptionsTable(List<List<String>> rows) {
    this.rows = rows;
  }

  /** In the order of the list. */
  public static OptionsTable of(List<JobOption<?>> options) {
    return new OptionsTable(
        options.stream()
            .map(
                option ->
                    List.of(
                        option.key(),
                        option.typeName(),
                        option.defaultWords(),
                        option.range(),
                        option.description()))
            .collect(Collectors.toUnmodifiableList()));
  }

  /** A GitHub table, one option a row, with a line end after each. */
  public String markdown() {
    StringBuilder text =
        new StringBuilder(markdownRow(HEAD)).append("| --- | --- | --- | --- | --- |\n");
    rows.forEach(row -> text.append(markdownRow(withCode(row))));
    return text.toString();
  }

  /**
   * Compares with the first table of options in a README; the width of its columns does not matter.
   *
   * @return in words, row by row, what differs; empty if nothing does
   */
  public List<String> differencesFrom(String readme) {
    Map<String, List<String>> expected = byKey(markdown());
    Map<String, List<String>> found = byKey(readme);
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, row) -> {
          if (!found.containsKey(key)) {
            differences.add("No row for " + key + ", expected " + row);
          } else if (!row.equals(found.get(key))) {
            differences.add("Row " + key + " is " + found.get(key) + ", expected " + row);
          }
        });
    found.keySet().stream()
        .filter(key -> !expected.containsKey(key))
        .forEach(key -> differences.add("Row " + key + " is about no option"));
    if (differences.isEmpty()
        && !List.copyOf(expected.keySet()).equals(List.copyOf(found.keySet()))) {
      differences.add("Rows are in another order than the options, expected " + expected.keySet());
    }
    return differences;
  }

  /**
   * For a terminal: at most {@value #WIDTH} characters a line, long cells go on in the next line.
   */
  public String plain() {
    int keyWidth = rows.stream().mapToInt(row -> row.get(0).length() + 2).max().orElse(0);
    keyWidth = Math.max(HEAD.get(0).length(), Math.min(keyWidth, GREATEST_KEY_WIDTH));
    int rest = WIDTH - keyWidth - TYPE_WIDTH - DEFAULT_WIDTH - RANGE_WIDTH - 4 * GAP.length();
    int[] widths = {keyWidth, TYPE_WIDTH, DEFAULT_WIDTH, RANGE_WIDTH, rest};
    StringBuilder text = new StringBuilder();
    appendPlain(text, HEAD, widths);
    appendPlain(
        text,
        Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.toUnmodifiableList()),
        widths);
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row);
      cells.set(0, "--" + row.get(0));
      appendPlain(text, cells, widths);
    }
    return text.toString();
  }

  private static void appendPlain(StringBuilder text, List<String> cells, int[] widths) {
    List<List<String>> columns = new ArrayList<>();
    for (int column = 0; column < widths.length; column++) {
      columns.add(wrap(cells.get(column), widths[column]));
    }
    int lines = columns.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < lines; line++) {
      StringBuilder whole = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        List<String> parts = columns.get(column);
        String part = line < parts.size() ? parts.get(line) : "";
        whole.append(part).append(" ".repeat(widths[column] - part.length())).append(GAP);
      }
      text.append(whole.toString().stripTrailing()).append('\n');
    }
  }

  /** At spaces where there are some; a longer word is cut. */
  private static List<String> wrap(String cell, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : cell.split(" ", -1)) {
      String left = word;
      if (line.length() > 0 && line.length() + 1 + left.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (left.length() > width) {
        lines.add(left.substring(0, width));
        left = left.substring(width);
      }
      line.append(line.length() > 0 ? " " : "").append(left);
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> withCode(List<String> row) {
    List<String> cells = new ArrayList<>(row);
    cells.set(0, "`" + row.get(0) + "`");
    return cells;
  }

  private static String markdownRow(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Rows of the first table with this head, by first cell, in their order. */
  private static Map<String, List<String>> byKey(String text) {
    List<List<String>> table =
        text.lines()
            .map(String::strip)
            .dropWhile(line -> !cells(line).equals(HEAD))
            .takeWhile(line -> line.startsWith("|"))
            .map(OptionsTable::cells)
            .collect(Collectors.toUnmodifiableList());
    Map<String, List<String>> rows = new LinkedHashMap<>();
    table.stream().skip(2).forEach(row -> rows.put(row.get(0), row));
    return rows;
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|") || !line.endsWith("|") || line.length() < 2) {
      return List.of();
    }
    return Stream.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
        .map(String::strip)
        .collect(Collectors.toUnmodifiableList());
  }
}
