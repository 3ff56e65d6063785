package dev.sluice.analytics;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
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

/** Lines of files as rows, the files by name, each with a watermark of its own. */
final class FileTable implements ScanTableSource, SupportsWatermarkPushDown {
  private final String path;
  private final DecodingFormat<DeserializationSchema<RowData>> format;
  private final DataType type;
  private WatermarkStrategy<RowData> watermarks = WatermarkStrategy.noWatermarks();

  FileTable(String path, DecodingFormat<DeserializationSchema<RowData>> format, DataType type) {
    this.path = path;
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
    FileSource<RowData> files =
        FileSource.forBulkFileFormat(
                new NamedFiles(new DecodedLines(format.createRuntimeDecoder(context, type))),
                new Path(path))
            .setSplitAssigner(FilesByName::new)
            .build();
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment env) {
        return env.fromSource(files, watermarks, "read files")
            .uid(provider.generateUid("files").orElse("read-files"));
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    FileTable copy = new FileTable(path, format, type);
    copy.watermarks = watermarks;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return "lines of files";
  }
}
