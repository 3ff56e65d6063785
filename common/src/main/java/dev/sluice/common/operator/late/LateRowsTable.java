package dev.sluice.common.operator.late;

import dev.sluice.common.operator.table.TimeColumn;
import java.io.Serializable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** What a table of marked rows is declared as, checked. Immutable. */
final class LateRowsTable implements Serializable {
  private static final long serialVersionUID = 1L;

  final String identifier;
  private final int time;
  private final int precision;

  LateRowsTable(String identifier, int time, int precision) {
    this.identifier = identifier;
    this.time = time;
    this.precision = precision;
  }

  /**
   * Reads a declaration.
   *
   * @throws IllegalArgumentException if it has not what it takes
   */
  static LateRowsTable of(DynamicTableFactory.Context context) {
    ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
    String table = context.getObjectIdentifier().getObjectName();
    String name = TimeColumn.of(schema, table);
    int time = DataType.getFieldNames(context.getPhysicalRowDataType()).indexOf(name);
    if (time < 0) {
      throw new IllegalArgumentException(
          "Table '" + table + "' must have a physical column '" + name + "'");
    }
    if (schema.getColumns().stream().noneMatch(LateRowsTable::isMark)) {
      throw new IllegalArgumentException(
          "Table '" + table + "' must have the column 'late BOOLEAN METADATA VIRTUAL'");
    }
    DataType type = schema.getColumn(name).orElseThrow().getDataType();
    return new LateRowsTable(
        context.getObjectIdentifier().asSerializableString(),
        time,
        LogicalTypeChecks.getPrecision(type.getLogicalType()));
  }

  private static boolean isMark(Column column) {
    return column instanceof Column.MetadataColumn
        && ((Column.MetadataColumn) column)
            .getMetadataKey()
            .orElse(column.getName())
            .equals(LateRowsTableFactory.LATE);
  }

  /** What to do where the time of rows is not what the watermarks are about. */
  String notRowtime() {
    return "The query that fills table "
        + identifier
        + " must hand on the time attribute of its source as the column that has the watermark, in"
        + " the same type (TIMESTAMP(3) or TIMESTAMP_LTZ(3)): declare the column as the source does";
  }

  /** Event time of a row, in milliseconds since the epoch. */
  long time(RowData row) {
    TimestampData value = row.isNullAt(time) ? null : row.getTimestamp(time, precision);
    if (value == null) {
      throw new IllegalStateException("Rows of table " + identifier + " must have a time");
    }
    return value.getMillisecond();
  }
}
