package dev.sluice.common.operator.drop;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Where a table has the key and the price of a row. Immutable. */
final class DropColumns implements PriceOf<Row> {
  private static final long serialVersionUID = 1L;

  private final int key;
  private final int price;
  private final boolean localTime;

  private DropColumns(int key, int price, boolean localTime) {
    this.key = key;
    this.price = price;
    this.localTime = localTime;
  }

  /**
   * Looks the columns up.
   *
   * @throws IllegalArgumentException if one is missing or of another type
   */
  static DropColumns in(ResolvedSchema schema, String table, String key, String price) {
    int keyAt = position(schema, table, key, LogicalTypeFamily.CHARACTER_STRING, "text");
    int priceAt = position(schema, table, price, LogicalTypeFamily.NUMERIC, "a number");
    List<LogicalType> times =
        schema.getColumns().stream()
            .map(column -> column.getDataType().getLogicalType())
            .filter(LogicalTypeChecks::isRowtimeAttribute)
            .collect(Collectors.toList());
    require(times.size() == 1, table, "have one event-time attribute, but has " + times.size());
    return new DropColumns(
        keyAt, priceAt, times.get(0).is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE));
  }

  private static int position(
      ResolvedSchema schema, String table, String name, LogicalTypeFamily family, String what) {
    List<String> names = schema.getColumnNames();
    int at = names.indexOf(name);
    require(at >= 0, table, "have a column '" + name + "', but has " + names);
    LogicalType type = schema.getColumn(at).map(Column::getDataType).orElseThrow().getLogicalType();
    require(
        type.is(family),
        table,
        "have " + what + " in column '" + name + "', but has " + type.asSummaryString());
    return at;
  }

  private static void require(boolean met, String table, String rule) {
    if (!met) {
      throw new IllegalArgumentException("Table '" + table + "' must " + rule);
    }
  }

  /** Whether the time attribute is a {@code TIMESTAMP}, which knows no zone. */
  boolean isLocalTime() {
    return localTime;
  }

  @Override
  public @Nullable String key(Row row) {
    return (String) row.getField(key);
  }

  @Override
  public double price(Row row) {
    Number value = (Number) row.getField(price);
    return value == null ? Double.NaN : value.doubleValue();
  }
}
