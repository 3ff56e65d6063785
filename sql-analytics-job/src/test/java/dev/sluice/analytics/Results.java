package dev.sluice.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.testing.FinishedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rows of tables that a job has written as JSON files, each as a text that can be compared. */
final class Results {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

  private Results() {}

  /** Values of the columns with blanks between, times as milliseconds; sorted. */
  static List<String> of(Path output, String table) throws IOException {
    List<String> rows = new ArrayList<>();
    forEach(output, table, rows::add);
    rows.sort(null);
    return rows;
  }

  /** The same, in any order, for tables that would fill the memory. */
  static void forEach(Path output, String table, Consumer<String> use) throws IOException {
    Path folder = output.resolve(table);
    for (String file : FinishedFiles.in(folder).files()) {
      try (Stream<String> lines = Files.lines(folder.resolve(file))) {
        lines.map(Results::row).forEach(use);
      }
    }
  }

  private static String row(String line) {
    try {
      List<String> cells = new ArrayList<>();
      JSON.readTree(line).properties().forEach(field -> cells.add(cell(field.getValue())));
      return String.join(" ", cells);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("No JSON: " + line, e);
    }
  }

  private static String cell(JsonNode value) {
    if (value.isTextual() && TIME.matcher(value.textValue()).matches()) {
      return String.valueOf(
          LocalDateTime.parse(value.textValue()).toInstant(ZoneOffset.UTC).toEpochMilli());
    }
    return value.isNumber() ? number(value.doubleValue()) : value.asText();
  }

  /** With four digits behind the point at most. */
  static String number(double value) {
    return String.valueOf(Math.round(value * 10_000) / 10_000.0);
  }
}
