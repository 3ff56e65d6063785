package dev.sluice.benchmarks.sql;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.util.Collector;

/** The connector {@code benchmark-ticks}: {@link JsonTicks}, read by a format. */
public final class JsonTickTableFactory implements DynamicTableSourceFactory {
  static final String NAME = "benchmark-ticks";

  static final ConfigOption<Long> RECORDS =
      ConfigOptions.key("records").longType().noDefaultValue();
  static final ConfigOption<Long> PER_DAY =
      ConfigOptions.key("ticks-per-day").longType().noDefaultValue();
  static final ConfigOption<Long> SEED = ConfigOptions.key("seed").longType().noDefaultValue();

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    DecodingFormat<DeserializationSchema<RowData>> format =
        helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
    helper.validate();
    TickGenerator days =
        TickGenerator.builder(helper.getOptions().get(SEED))
            .ticks(helper.getOptions().get(PER_DAY))
            .build();
    return new RecordTable(
        GeneratedSource.of(new JsonTicks(days)).records(helper.getOptions().get(RECORDS)),
        scan -> new Parse(format.createRuntimeDecoder(scan, TickColumns.ROW)));
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(RECORDS, PER_DAY, SEED, FactoryUtil.FORMAT);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  private static final class Parse extends RichFlatMapFunction<RawRecord, RowData> {
    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<RowData> format;

    Parse(DeserializationSchema<RowData> format) {
      this.format = format;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      format.open(
          RuntimeContextInitializationContextAdapters.deserializationAdapter(getRuntimeContext()));
    }

    @Override
    public void flatMap(RawRecord record, Collector<RowData> out) throws Exception {
      format.deserialize(record.data, out);
    }
  }
}
