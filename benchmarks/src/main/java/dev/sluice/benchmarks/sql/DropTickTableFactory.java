package dev.sluice.benchmarks.sql;

import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.generated.ticks.Tick;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector {@code benchmark-drops}: {@link DropTicks} as rows, without a format between. */
public final class DropTickTableFactory implements DynamicTableSourceFactory {
  static final String NAME = "benchmark-drops";

  static final ConfigOption<Long> RECORDS =
      ConfigOptions.key("records").longType().noDefaultValue();
  static final ConfigOption<Integer> OPEN_ROWS =
      ConfigOptions.key("open-rows").intType().noDefaultValue();
  static final ConfigOption<PriceShape> SHAPE =
      ConfigOptions.key("shape").enumType(PriceShape.class).noDefaultValue();

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    ReadableConfig options = helper.getOptions();
    DropTicks ticks = new DropTicks(options.get(SHAPE), options.get(OPEN_ROWS));
    return new RecordTable(
        GeneratedSource.of(ticks).records(options.get(RECORDS)),
        scan -> (record, out) -> out.collect(row(ticks.tick(record.arrivalTimestamp))));
  }

  private static GenericRowData row(Tick tick) {
    return GenericRowData.of(
        StringData.fromString(tick.eventId),
        StringData.fromString(tick.ticker),
        tick.price,
        tick.volume,
        TimestampData.fromEpochMillis(tick.eventTime));
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(RECORDS, OPEN_ROWS, SHAPE);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
