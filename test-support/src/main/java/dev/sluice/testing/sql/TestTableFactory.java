package dev.sluice.testing.sql;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector that a test gives to every table: rows from its files, rows into its memory. */
public final class TestTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  static final String NAME = "sluice-test";
  static final ConfigOption<String> ID = ConfigOptions.key("id").stringType().noDefaultValue();

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new TestTableSource(
        TestTable.find(id(context)), context.getCatalogTable().getResolvedSchema());
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new TestTableSink(TestTable.find(id(context)));
  }

  private String id(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    return helper.getOptions().get(ID);
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(ID);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
