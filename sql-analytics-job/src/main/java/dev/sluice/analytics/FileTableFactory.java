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
 * The connector {@code sluice-files}: lines of all files below a folder, which are taken in the
 * order of their paths. Flink's own connector takes them in any order under one watermark, so that
 * the first file to be read makes rows of all earlier ones late.
 *
 * <p>Here each subtask reads a file at a time, and its watermark does not run ahead to a file that
 * it has not begun. Rows are late only behind a row of their own file or of one with a smaller
 * name.
 */
public final class FileTableFactory implements DynamicTableSourceFactory {
  static final String NAME = "sluice-files";

  static final ConfigOption<String> PATH = ConfigOptions.key("path").stringType().noDefaultValue();

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    DecodingFormat<DeserializationSchema<RowData>> format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    return new FileTable(helper.getOptions().get(PATH), format, context.getPhysicalRowDataType());
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
    return Set.of();
  }
}
