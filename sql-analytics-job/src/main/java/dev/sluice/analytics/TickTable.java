package dev.sluice.analytics;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;

/** Trades of a generated day as rows. */
final class TickTable implements ScanTableSource {
  private final long seed;
  private final long ticks;
  private final double rate;

  TickTable(long seed, long ticks, double rate) {
    this.seed = seed;
    this.ticks = ticks;
    this.rate = rate;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    TickGenerator day = TickGenerator.builder(seed).ticks(ticks).build();
    GeneratedSource generated = GeneratedSource.of(day).records(ticks);
    GeneratedSource source = Double.isInfinite(rate) ? generated : generated.perSecond(rate);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment env) {
        DataStream<RawRecord> records =
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "generate ticks")
                .uid(provider.generateUid("generate").orElse("generate-ticks"));
        SingleOutputStreamOperator<RowData> rows =
            records.map(new TickToRow(day)).returns(TickToRow.TYPE).name("tick to row");
        return rows.uid(provider.generateUid("rows").orElse("tick-to-row"));
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    return new TickTable(seed, ticks, rate);
  }

  @Override
  public String asSummaryString() {
    return "generated ticks";
  }
}
