package dev.sluice.udf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@code LATERAL TABLE(EXPLODE_JSON(json)) AS T(idx, item)}: a row for each element of a JSON
 * array, with its number from 0. Text comes as it is, JSON's null as NULL, everything else as JSON.
 */
@FunctionHint(output = @DataTypeHint("ROW<idx INT, item STRING>"))
public final class ExplodeJson extends TableFunction<Row> {
  private static final long serialVersionUID = 1L;

  /**
   * No row of NULL.
   *
   * @throws InvalidInputException if it is no array of JSON
   */
  public void eval(@Nullable String json) {
    if (json != null) {
      rows(json).forEach(this::collect);
    }
  }

  static List<Row> rows(String json) {
    JsonNode array = JsonText.read(json);
    if (!array.isArray()) {
      throw new InvalidInputException(
          "JSON must be an array, but is of type " + array.getNodeType());
    }
    List<Row> rows = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      rows.add(Row.of(rows.size(), JsonText.write(element)));
    }
    return rows;
  }
}
