package dev.sluice.common.config;

import java.util.ArrayList;
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
  /** What the plain text is wrapped to, in characters. */
  public static final int WIDTH = 80;

  private static final List<String> HEAD =
      List.of("Option", "Type", "Default", "Unit, range", "Description");
  private static final int KEY = 0;
  private static final int TYPE = 1;
  private static final int DEFAULT = 2;
  private static final int RANGE = 3;
  private static final int DESCRIPTION = 4;
  private static final String INDENT = "    ";

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
   * For a terminal: at most {@value #WIDTH} characters a line, a paragraph per option.
   *
   * <pre>
   * --batch.size  (integer, images, between 1 and 256)
   *     Images in a forward pass at most.
   *     Default: 16
   * </pre>
   */
  public String plain() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      String range = row.get(RANGE).isEmpty() ? "" : ", " + row.get(RANGE);
      append(text, "", "--" + row.get(KEY) + "  (" + row.get(TYPE) + range + ")");
      append(text, INDENT, row.get(DESCRIPTION));
      append(text, INDENT, row.get(DEFAULT).isEmpty() ? "" : "Default: " + row.get(DEFAULT));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String indent, String paragraph) {
    if (paragraph.isEmpty()) {
      return;
    }
    String further = indent.isEmpty() ? INDENT : indent;
    List<String> lines = wrap(paragraph, WIDTH - INDENT.length());
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == 0 ? indent : further).append(lines.get(i)).append('\n');
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
