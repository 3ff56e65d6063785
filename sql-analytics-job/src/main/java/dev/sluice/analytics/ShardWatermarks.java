package dev.sluice.analytics;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.functions.AssignerWithPeriodicWatermarks;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * The watermark of a shard, by the strategy that SQL declares: the consumer makes a copy for each
 * of its shards and sends the least. What the strategy says of idleness has no effect, as the
 * consumer knows itself which shard is idle.
 */
@SuppressWarnings("deprecation") // the consumer has no other interface
final class ShardWatermarks implements AssignerWithPeriodicWatermarks<RowData> {
  private static final long serialVersionUID = 1L;

  private final WatermarkStrategy<RowData> strategy;

  private transient @Nullable WatermarkGenerator<RowData> generator;
  private transient @Nullable Last last;

  ShardWatermarks(WatermarkStrategy<RowData> strategy) {
    this.strategy = strategy;
  }

  @Override
  public long extractTimestamp(RowData row, long timestamp) {
    generator().onEvent(row, timestamp, last());
    return timestamp;
  }

  @Override
  public org.apache.flink.streaming.api.watermark.@Nullable Watermark getCurrentWatermark() {
    generator().onPeriodicEmit(last());
    long time = last().time;
    return time == Long.MIN_VALUE
        ? null
        : new org.apache.flink.streaming.api.watermark.Watermark(time);
  }

  private WatermarkGenerator<RowData> generator() {
    if (generator == null) {
      generator = strategy.createWatermarkGenerator(new NoMetrics());
    }
    return generator;
  }

  private Last last() {
    if (last == null) {
      last = new Last();
    }
    return last;
  }

  private static final class Last implements WatermarkOutput {
    private long time = Long.MIN_VALUE;

    @Override
    public void emitWatermark(Watermark watermark) {
      time = Math.max(time, watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      // The consumer has a rule of its own.
    }

    @Override
    public void markActive() {
      // The consumer has a rule of its own.
    }
  }

  private static final class NoMetrics implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }
  }
}
