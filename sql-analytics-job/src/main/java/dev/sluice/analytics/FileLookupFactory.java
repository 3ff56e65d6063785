package dev.sluice.analytics;

import java.time.Duration;
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
 * The connector {@code sluice-lookup}: a small file, a row a line in a format such as {@code csv},
 * to be joined with {@code FOR SYSTEM_TIME AS OF} a processing time. Flink's own file connector
 * cannot be looked up.
 */
public final class FileLookupFactory implements DynamicTableSourceFactory {
  static final String NAME = "sluice-lookup";

  private static final ConfigOption<String> PATH =
      ConfigOptions.key("path").stringType().noDefaultValue();
  private static final ConfigOption<Duration> RELOAD =
      ConfigOptions.key("reload").durationType().defaultValue(Duration.ofMinutes(10));

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    DecodingFormat<DeserializationSchema<RowData>> format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new FileLookupTable(
        helper.getOptions().get(PATH),
        helper.getOptions().get(RELOAD),
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
    return Set.of(RELOAD);
  }
}
