package dev.sluice.analytics;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;

/** A strategy whose watermark is sent behind each row, and not when the clock says so. */
final class WatermarkPerRow implements WatermarkStrategy<RowData> {
  private static final long serialVersionUID = 1L;

  private final WatermarkStrategy<RowData> strategy;

  WatermarkPerRow(WatermarkStrategy<RowData> strategy) {
    this.strategy = strategy;
  }

  @Override
  public TimestampAssigner<RowData> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return strategy.createTimestampAssigner(context);
  }

  @Override
  public WatermarkGenerator<RowData> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(strategy.createWatermarkGenerator(context));
  }

  private static final class Generator implements WatermarkGenerator<RowData> {
    private final WatermarkGenerator<RowData> generator;

    Generator(WatermarkGenerator<RowData> generator) {
      this.generator = generator;
    }

    @Override
    public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
      generator.onEvent(row, timestamp, output);
      generator.onPeriodicEmit(output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Each row has done it.
    }
  }
}
