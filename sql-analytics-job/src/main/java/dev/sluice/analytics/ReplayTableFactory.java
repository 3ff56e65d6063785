package dev.sluice.analytics;

import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The connector {@code sluice-replay}: the lines of one small file in their order, at a pace, as if
 * they came just now. The watermark follows each row, so that the same rows are late in every run,
 * which Flink's own file connector leaves to the clock.
 */
public final class ReplayTableFactory implements DynamicTableSourceFactory {
  static final String NAME = "sluice-replay";

  static final ConfigOption<String> PATH = ConfigOptions.key("path").stringType().noDefaultValue();
  static final ConfigOption<Double> RATE = ConfigOptions.key("rate").doubleType().noDefaultValue();

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    DecodingFormat<DeserializationSchema<RowData>> format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new ReplayTable(
        helper.getOptions().get(PATH),
        helper.getOptions().getOptional(RATE).orElse(Double.POSITIVE_INFINITY),
        format,
        context.getPhysicalRowDataType());
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(PATH, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(RATE);
  }
}
