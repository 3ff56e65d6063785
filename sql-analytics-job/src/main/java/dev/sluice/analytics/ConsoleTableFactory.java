package dev.sluice.analytics;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * The connector {@code sluice-console}: lines for people, on the console of the process that writes
 * them; above the progress line of a local run. The table has one column, a text. Unlike Flink's
 * {@code print} it adds nothing to it.
 */
public final class ConsoleTableFactory implements DynamicTableSinkFactory {
  static final String NAME = "sluice-console";

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    FactoryUtil.createTableFactoryHelper(this, context).validate();
    DataType columns = context.getPhysicalRowDataType();
    boolean oneText =
        DataType.getFieldCount(columns) == 1
            && DataType.getFieldDataTypes(columns)
                .get(0)
                .getLogicalType()
                .is(LogicalTypeFamily.CHARACTER_STRING);
    if (!oneText) {
      throw new IllegalArgumentException(
          String.format(
              "Table '%s' on the console must have one column, a STRING, but has %s",
              context.getObjectIdentifier().getObjectName(),
              columns.getLogicalType().asSummaryString()));
    }
    return new ConsoleTable();
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
