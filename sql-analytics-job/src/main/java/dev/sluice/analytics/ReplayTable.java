package dev.sluice.analytics;

import dev.sluice.common.record.RawRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Lines of a file as rows, in one subtask, because their order counts. */
final class ReplayTable implements ScanTableSource, SupportsWatermarkPushDown {
  /** Metric of the progress line: lines that were read, by an operator of a name of its own. */
  static final String TRADES = "line to row/numRecordsIn";

  private final String path;
  private final double rate;
  private final DecodingFormat<DeserializationSchema<RowData>> format;
  private final DataType type;
  private WatermarkStrategy<RowData> watermarks = WatermarkStrategy.noWatermarks();

  ReplayTable(
      String path,
      double rate,
      DecodingFormat<DeserializationSchema<RowData>> format,
      DataType type) {
    this.path = path;
    this.rate = rate;
    this.format = format;
    this.type = type;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    watermarks = strategy;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return format.getChangelogMode();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    DeserializationSchema<RowData> decoder = format.createRuntimeDecoder(context, type);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment env) {
        FileLines lines = new FileLines(path);
        DataGeneratorSource<RawRecord> source =
            new DataGeneratorSource<>(
                lines,
                lines.count(),
                Double.isInfinite(rate)
                    ? RateLimiterStrategy.noOp()
                    : RateLimiterStrategy.perSecond(rate),
                TypeInformation.of(RawRecord.class));
        SingleOutputStreamOperator<RawRecord> records =
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "play ticks")
                .setParallelism(1)
                .uid(provider.generateUid("play").orElse("play"));
        return records
            .flatMap(new DecodeLine(decoder))
            .returns(decoder.getProducedType())
            .setParallelism(1)
            .name("line to row")
            .uid(provider.generateUid("rows").orElse("line-to-row"))
            .assignTimestampsAndWatermarks(new WatermarkPerRow(watermarks))
            .setParallelism(1)
            .uid(provider.generateUid("watermarks").orElse("watermark-per-row"));
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    ReplayTable copy = new ReplayTable(path, rate, format, type);
    copy.watermarks = watermarks;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "lines of a file, played";
  }
}
