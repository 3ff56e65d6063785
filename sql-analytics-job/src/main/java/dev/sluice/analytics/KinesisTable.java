package dev.sluice.analytics;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.table.KinesisDynamicSource;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceFunctionProvider;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** Flink's table of a Kinesis stream, with a watermark for each shard. */
final class KinesisTable
    implements ScanTableSource, SupportsReadingMetadata, SupportsWatermarkPushDown {
  private final KinesisDynamicSource source;
  private @Nullable WatermarkStrategy<RowData> watermarks;

  KinesisTable(KinesisDynamicSource source) {
    this.source = source;
  }

  @Override
  public void applyWatermark(WatermarkStrategy<RowData> strategy) {
    watermarks = strategy;
  }

  @Override
  @SuppressWarnings({"deprecation", "unchecked"}) // the connector makes no other
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    SourceFunctionProvider provider =
        (SourceFunctionProvider) source.getScanRuntimeProvider(context);
    FlinkKinesisConsumer<RowData> consumer =
        (FlinkKinesisConsumer<RowData>) provider.createSourceFunction();
    if (watermarks != null) {
      consumer.setPeriodicWatermarkAssigner(new ShardWatermarks(watermarks));
    }
    return SourceFunctionProvider.of(consumer, false);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return source.getChangelogMode();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    return source.listReadableMetadata();
  }

  @Override
  public void applyReadableMetadata(List<String> keys, DataType produced) {
    source.applyReadableMetadata(keys, produced);
  }

  @Override
  public DynamicTableSource copy() {
    KinesisTable copy = new KinesisTable((KinesisDynamicSource) source.copy());
    copy.watermarks = watermarks;
    return copy;
  }

  @Override
  public String asSummaryString() {
    return source.asSummaryString();
  }
}
