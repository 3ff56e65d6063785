package dev.sluice.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.testing.FinishedFiles;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Rows of tables that a job has written as JSON files, each as a text that can be compared. */
final class Results {
  private static final JsonMapper JSON = new JsonMapper();

  private Results() {}

  /** Values of the columns with blanks between, times as milliseconds; sorted. */
  static List<String> of(Path output, String table) throws Exception {
    List<String> rows = new ArrayList<>();
    for (FinishedFiles.Line line : FinishedFiles.in(output.resolve(table)).lines()) {
      List<String> cells = new ArrayList<>();
      JSON.readTree(line.text()).properties().forEach(field -> cells.add(cell(field.getValue())));
      rows.add(String.join(" ", cells));
    }
    rows.sort(null);
    return rows;
  }

  private static String cell(JsonNode value) {
    if (value.isTextual() && value.textValue().matches("\\d{4}-\\d\\d-\\d\\dT.*")) {
      return String.valueOf(
          LocalDateTime.parse(value.textValue()).toInstant(ZoneOffset.UTC).toEpochMilli());
    }
    return value.isNumber() ? number(value.doubleValue()) : value.asText();
  }

  static String number(double value) {
    return String.format("%.4f", value);
  }
}
