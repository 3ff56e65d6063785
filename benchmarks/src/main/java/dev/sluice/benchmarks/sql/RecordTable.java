package dev.sluice.benchmarks.sql;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.GeneratedSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;

/** Generated records as a table. */
final class RecordTable implements ScanTableSource {
  private final GeneratedSource source;
  private final Rows rows;

  /** How a record becomes a row. */
  @FunctionalInterface
  interface Rows {
    FlatMapFunction<RawRecord, RowData> in(ScanContext context);
  }

  RecordTable(GeneratedSource source, Rows rows) {
    this.source = source;
    this.rows = rows;
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    FlatMapFunction<RawRecord, RowData> toRow = rows.in(context);
    TypeInformation<RowData> type = context.createTypeInformation(TickColumns.ROW);
    return new DataStreamScanProvider() {
      @Override
      public DataStream<RowData> produceDataStream(
          ProviderContext provider, StreamExecutionEnvironment env) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "generate")
            .uid(provider.generateUid("generate").orElse("generate"))
            .flatMap(toRow)
            .returns(type)
            .uid(provider.generateUid("rows").orElse("rows"));
      }

      @Override
      public boolean isBounded() {
        return true;
      }
    };
  }

  @Override
  public DynamicTableSource copy() {
    return new RecordTable(source, rows);
  }

  @Override
  public String asSummaryString() {
    return "generated records";
  }
}
