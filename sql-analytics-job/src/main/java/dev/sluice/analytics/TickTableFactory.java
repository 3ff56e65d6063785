package dev.sluice.analytics;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * The connector {@code sluice-ticks}: trades of a generated day. The table has the columns {@code
 * event_id STRING, ticker STRING, price DOUBLE, volume BIGINT, event_time TIMESTAMP(3)}.
 */
public final class TickTableFactory implements DynamicTableSourceFactory {
  static final String NAME = "sluice-ticks";

  static final ConfigOption<Long> TICKS =
      ConfigOptions.key("ticks").longType().defaultValue(20_000L);
  static final ConfigOption<Long> SEED = ConfigOptions.key("seed").longType().defaultValue(42L);
  static final ConfigOption<Double> RATE = ConfigOptions.key("rate").doubleType().noDefaultValue();

  private static final DataType COLUMNS =
      DataTypes.ROW(
          DataTypes.FIELD("event_id", DataTypes.STRING()),
          DataTypes.FIELD("ticker", DataTypes.STRING()),
          DataTypes.FIELD("price", DataTypes.DOUBLE()),
          DataTypes.FIELD("volume", DataTypes.BIGINT()),
          DataTypes.FIELD("event_time", DataTypes.TIMESTAMP(3)));

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    DataType declared = context.getPhysicalRowDataType();
    if (!declared.getLogicalType().copy(true).equals(COLUMNS.getLogicalType().copy(true))) {
      throw new IllegalArgumentException(
          String.format(
              "Table '%s' of generated ticks must have the columns %s, but has %s",
              context.getObjectIdentifier().getObjectName(),
              COLUMNS.getLogicalType().asSummaryString(),
              declared.getLogicalType().asSummaryString()));
    }
    ReadableConfig options = helper.getOptions();
    return new TickTable(
        options.get(SEED),
        options.get(TICKS),
        options.getOptional(RATE).orElse(Double.POSITIVE_INFINITY));
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
    return Set.of(TICKS, SEED, RATE);
  }
}
