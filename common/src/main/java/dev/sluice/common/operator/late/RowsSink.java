package dev.sluice.common.operator.late;

import dev.sluice.common.operator.table.TableStreams;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;

/** Where rows go in: marked, they are handed to the {@link MarkedRowsSource} of the table. */
final class RowsSink implements DynamicTableSink {
  static final TableStreams<Tuple2<RowData, Boolean>> MARKED = new TableStreams<>("Rows");

  private final LateRowsTable table;

  RowsSink(LateRowsTable table) {
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
        return MARKED.handOn(table.identifier, marked(rows, provider), uid(provider, "end"));
      }
    };
  }

  /** As parallel as the rows come: another number would mix them, or their watermarks. */
  private DataStream<Tuple2<RowData, Boolean>> marked(
      DataStream<RowData> rows, ProviderContext provider) {
    BySender bySender = new BySender();
    return rows.map(new BySender.Name())
        .returns(Types.TUPLE(Types.INT, rows.getType()))
        .setParallelism(rows.getParallelism())
        .name("name senders")
        .uid(uid(provider, "senders"))
        .partitionCustom(bySender, bySender)
        .transform(
            "mark late rows",
            Types.TUPLE(rows.getType(), Types.BOOLEAN),
            new MarkLateRowsOperator(table))
        .setParallelism(rows.getParallelism())
        .uid(uid(provider, "late-rows"));
  }

  private String uid(ProviderContext provider, String name) {
    return provider.generateUid(name).orElse(name + "-of-" + table.identifier);
  }

  @Override
  public DynamicTableSink copy() {
    return new RowsSink(table);
  }

  @Override
  public String asSummaryString() {
    return "rows to mark the late ones of";
  }
}
