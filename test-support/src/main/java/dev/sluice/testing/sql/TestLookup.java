package dev.sluice.testing.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.table.types.logical.RowType;

/** Looks rows of a test's table up. */
public final class TestLookup extends LookupFunction {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final RowType type;
  private final List<Integer> keys;

  private transient List<GenericRowData> rows;

  TestLookup(String table, RowType type, List<Integer> keys) {
    this.table = table;
    this.type = type;
    this.keys = new ArrayList<>(keys);
    this.rows = List.of();
  }

  @Override
  public void open(FunctionContext context) {
    rows = TestTable.find(table).rows(type);
  }

  @Override
  public Collection<RowData> lookup(RowData key) {
    List<RowData> found = new ArrayList<>();
    for (GenericRowData row : rows) {
      if (matches(row, key)) {
        found.add(row);
      }
    }
    return found;
  }

  private boolean matches(GenericRowData row, RowData key) {
    for (int i = 0; i < keys.size(); i++) {
      int column = keys.get(i);
      Object wanted = RowData.createFieldGetter(type.getTypeAt(column), i).getFieldOrNull(key);
      if (wanted == null || !Objects.equals(wanted, row.getField(column))) {
        return false;
      }
    }
    return true;
  }
}
