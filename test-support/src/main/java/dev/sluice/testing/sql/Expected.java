package dev.sluice.testing.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * What a table must have got: every change in its order, or the rows that are there at the end.
 * Immutable.
 */
final class Expected {
  private static final String ORDER = "@order";
  private static final String DIGITS = "@digits";

  private final RowsFile file;
  private final boolean isTable;
  private final boolean ordered;
  private final CellText text;

  private Expected(RowsFile file, boolean isTable, boolean ordered, int digits) {
    this.file = file;
    this.isTable = isTable;
    this.ordered = ordered;
    this.text = new CellText(digits);
  }

  /**
   * All changes.
   *
   * @param fixedOrder whether the order is always the same: one input, one subtask
   */
  static Expected changelog(RowsFile file, boolean fixedOrder) {
    if (!file.hasKinds) {
      throw file.malformed(file.headLine, "a changelog has a first column 'op'");
    }
    boolean any = false;
    for (RowsFile.Line line : file.lines) {
      if (line.says(ORDER)) {
        if (!line.rest(ORDER).equals("any")) {
          throw line.malformed("write '@order any', or nothing for the exact order");
        }
        any = true;
      }
    }
    if (!fixedOrder && !any) {
      throw file.malformed(
          file.headLine,
          "with several inputs or subtasks the order of changes is not fixed: write '@order any'");
    }
    return new Expected(file, false, !any, digits(file));
  }

  /** The rows at the end, in any order. */
  static Expected table(RowsFile file) {
    if (file.hasKinds) {
      throw file.malformed(file.headLine, "a table has no column 'op', a changelog has");
    }
    return new Expected(file, true, false, digits(file));
  }

  private static int digits(RowsFile file) {
    int digits = -1;
    for (RowsFile.Line line : file.lines) {
      if (line.says(DIGITS)) {
        if (!line.rest(DIGITS).matches("[0-9]{1,2}")) {
          throw line.malformed("write '@digits 6' for six digits behind the point");
        }
        digits = Integer.parseInt(line.rest(DIGITS));
      } else if (line.isDirective() && !line.says(ORDER)) {
        throw line.malformed(
            "expected rows know '@order any' and '@digits N', and no more with '@'");
      }
    }
    return digits;
  }

  /** The difference in words; empty if there is none. */
  Optional<String> difference(ResolvedSchema schema, List<RowData> received) {
    RowType type = TestTables.rowType(schema);
    List<RowsDiff.Row> wanted = wanted(type);
    List<RowsDiff.Row> got = isTable ? finalRows(schema, received) : changes(type, received);
    List<String> head = new ArrayList<>(type.getFieldNames());
    if (!isTable) {
      head.add(0, "op");
    }
    return RowsDiff.of(file.path.toString(), head, wanted, got, ordered);
  }

  private List<RowsDiff.Row> wanted(RowType type) {
    List<String> names = type.getFieldNames();
    if (!new HashSet<>(names).equals(new HashSet<>(file.columns))) {
      throw file.malformed(
          file.headLine, "the columns must be those of the table, " + names + ", in any order");
    }
    List<RowsDiff.Row> rows = new ArrayList<>();
    for (RowsFile.Line line : file.lines) {
      if (!line.isDirective()) {
        RowData row = TestInput.row(file, line, type);
        rows.add(new RowsDiff.Row(line.number, cells(row, type.getChildren())));
      }
    }
    return rows;
  }

  private List<RowsDiff.Row> changes(RowType type, List<RowData> received) {
    List<RowsDiff.Row> rows = new ArrayList<>();
    for (RowData row : received) {
      rows.add(new RowsDiff.Row(0, cells(row, type.getChildren())));
    }
    return rows;
  }

  private List<String> cells(RowData row, List<LogicalType> types) {
    List<String> cells = text.of(row, types);
    if (!isTable) {
      cells.add(0, row.getRowKind().shortString());
    }
    return cells;
  }

  /** Changes applied one after the other: by the table's key, or row by row if it has none. */
  private List<RowsDiff.Row> finalRows(ResolvedSchema schema, List<RowData> received) {
    RowType type = TestTables.rowType(schema);
    List<String> key = schema.getPrimaryKey().map(UniqueConstraint::getColumns).orElse(List.of());
    Map<List<String>, List<String>> byKey = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    for (RowData row : received) {
      List<String> cells = text.of(row, type.getChildren());
      boolean adds = row.getRowKind() == RowKind.INSERT || row.getRowKind() == RowKind.UPDATE_AFTER;
      if (key.isEmpty()) {
        if (adds) {
          rows.add(cells);
        } else if (!rows.remove(cells)) {
          throw new AssertionError(
              file.path + ": a row was taken back that was not there: " + cells);
        }
        continue;
      }
      List<String> keyCells = new ArrayList<>();
      key.forEach(column -> keyCells.add(cells.get(type.getFieldIndex(column))));
      if (adds) {
        byKey.put(keyCells, cells);
      } else if (row.getRowKind() == RowKind.DELETE || cells.equals(byKey.get(keyCells))) {
        byKey.remove(keyCells);
      }
    }
    rows.addAll(byKey.values());
    List<RowsDiff.Row> found = new ArrayList<>();
    rows.forEach(cells -> found.add(new RowsDiff.Row(0, cells)));
    return found;
  }
}
