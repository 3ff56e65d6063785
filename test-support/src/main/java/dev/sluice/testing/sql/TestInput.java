package dev.sluice.testing.sql;

import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Reads rows and watermarks of an input by the columns of its table. Stateless. */
final class TestInput {
  private static final String WATERMARK = "@watermark";

  private TestInput() {}

  static boolean hasWatermarks(RowsFile file) {
    return file.lines.stream().anyMatch(line -> line.says(WATERMARK));
  }

  /**
   * Checks what can be checked before the test runs: columns, cells, watermarks.
   *
   * @param timeColumns columns of the table that watermarks are about
   */
  static void check(RowsFile file, RowType type, List<String> timeColumns) {
    List<String> names = type.getFieldNames();
    for (String column : file.columns) {
      if (!names.contains(column)) {
        throw file.malformed(
            file.headLine, "the table has no column '" + column + "', it has " + names);
      }
    }
    for (RowsFile.Line line : file.lines) {
      if (!line.isDirective()) {
        checkTimes(line, row(file, line, type), type, timeColumns);
      } else if (line.says(WATERMARK)) {
        watermark(line);
      } else {
        throw line.malformed("an input says '@watermark TIME' and nothing else with '@'");
      }
    }
  }

  private static void checkTimes(
      RowsFile.Line line, GenericRowData row, RowType type, List<String> timeColumns) {
    for (String column : timeColumns) {
      int index = type.getFieldIndex(column);
      if (index >= 0 && row.isNullAt(index)) {
        throw line.malformed(
            "column '" + column + "' must not be NULL: it is the time of the table's rows");
      }
    }
  }

  static long watermark(RowsFile.Line line) {
    try {
      return Cells.readMillis(line.rest(WATERMARK));
    } catch (DateTimeException e) {
      throw line.malformed("a watermark is written '@watermark 2021-08-31 10:00:00'");
    }
  }

  /** Columns that the file does not name are NULL. */
  static GenericRowData row(RowsFile file, RowsFile.Line line, RowType type) {
    Map<String, String> cells = file.byColumn(line);
    GenericRowData row = new GenericRowData(file.kind(line), type.getFieldCount());
    for (int i = 0; i < type.getFieldCount(); i++) {
      row.setField(i, field(line, type.getFieldNames().get(i), type.getTypeAt(i), cells));
    }
    return row;
  }

  private static @Nullable Object field(
      RowsFile.Line line, String name, LogicalType type, Map<String, String> cells) {
    try {
      return Cells.read(cells.getOrDefault(name, "NULL"), type);
    } catch (IllegalArgumentException e) {
      throw line.malformed("column '" + name + "' " + e.getMessage());
    }
  }
}
