package dev.sluice.common.operator.drop.sql;

import dev.sluice.common.operator.drop.DropAlert;
import dev.sluice.common.operator.drop.DropAlerts;
import dev.sluice.common.operator.table.TableStreams;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;

/** Where prices go in: what is found in them is handed to the {@link DropsSource} of the table. */
final class PricesSink implements DynamicTableSink {
  static final TableStreams<DropAlert> DROPS = new TableStreams<>("Prices");

  private final DropTable table;

  PricesSink(DropTable table) {
    this.table = table;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return new DataStreamSinkProvider() {
      @Override
      public DataStreamSink<?> consumeDataStream(
          ProviderContext provider, DataStream<RowData> rows) {
        DataStream<DropAlert> alerts =
            DropAlerts.on(
                    rows,
                    new RowPrice(table.key, table.price),
                    table.rule,
                    provider.generateUid("drops").orElse("drops-of-" + table.identifier))
                .alerts();
        return DROPS.handOn(
            table.identifier,
            alerts,
            provider.generateUid("end").orElse("end-of-" + table.identifier));
      }
    };
  }

  @Override
  public DynamicTableSink copy() {
    return new PricesSink(table);
  }

  @Override
  public String asSummaryString() {
    return "prices to find drops in";
  }
}
