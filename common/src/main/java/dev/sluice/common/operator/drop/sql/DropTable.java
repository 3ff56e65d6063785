package dev.sluice.common.operator.drop.sql;

import dev.sluice.common.operator.drop.DropRule;
import dev.sluice.common.operator.table.TimeColumn;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** What a table of drops is declared as, checked. Immutable. */
final class DropTable {
  private static final int COLUMNS = 3;

  final String identifier;
  final DropRule rule;
  final int key;
  final int price;
  final int time;
  final DataType timeType;

  private DropTable(String identifier, DropRule rule, Column[] columns, List<String> names) {
    this.identifier = identifier;
    this.rule = rule;
    this.key = names.indexOf(columns[0].getName());
    this.price = names.indexOf(columns[1].getName());
    this.time = names.indexOf(columns[2].getName());
    this.timeType = columns[2].getDataType().nullable();
  }

  /**
   * Reads a declaration.
   *
   * @throws IllegalArgumentException if the columns or the rule are not what it takes
   */
  static DropTable of(DynamicTableFactory.Context context, ReadableConfig options) {
    ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
    String table = context.getObjectIdentifier().getObjectName();
    String key = options.get(DropTableFactory.KEY);
    String price = options.get(DropTableFactory.PRICE);
    String time = TimeColumn.of(schema, table);
    List<String> names = DataType.getFieldNames(context.getPhysicalRowDataType());
    require(
        names.size() == COLUMNS && names.containsAll(List.of(key, price, time)),
        table,
        "have the columns '"
            + key
            + "', '"
            + price
            + "' and '"
            + time
            + "' and no others beside"
            + " METADATA VIRTUAL, but has "
            + names);
    Column[] columns = {column(schema, key), column(schema, price), column(schema, time)};
    requireTypes(table, columns);
    DropRule rule =
        DropRule.of(options.get(DropTableFactory.DROP), options.get(DropTableFactory.WITHIN));
    return new DropTable(
        context.getObjectIdentifier().asSerializableString(),
        options.getOptional(DropTableFactory.LEAST_START).map(rule::startingAt).orElse(rule),
        columns,
        names);
  }

  private static void requireTypes(String table, Column... columns) {
    require(
        type(columns[0]).is(LogicalTypeFamily.CHARACTER_STRING),
        table,
        "have text in column '"
            + columns[0].getName()
            + "', but has "
            + type(columns[0]).asSummaryString());
    require(
        type(columns[1]).is(LogicalTypeRoot.DOUBLE),
        table,
        "have a DOUBLE in column '"
            + columns[1].getName()
            + "', but has "
            + type(columns[1]).asSummaryString());
  }

  private static Column column(ResolvedSchema schema, String name) {
    return schema.getColumn(name).orElseThrow();
  }

  private static LogicalType type(Column column) {
    return column.getDataType().getLogicalType();
  }

  private static void require(boolean met, String table, String rule) {
    if (!met) {
      throw new IllegalArgumentException("Table '" + table + "' of drops must " + rule);
    }
  }
}
