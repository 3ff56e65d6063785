package dev.sluice.analytics;

import dev.sluice.common.environment.Progress;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;

/** Lines on the console: at least once, as nothing that is printed can be taken back. */
final class ConsoleTable implements DynamicTableSink {
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requested) {
    return ChangelogMode.insertOnly();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
    return SinkV2Provider.of(new Console(), 1);
  }

  @Override
  public DynamicTableSink copy() {
    return new ConsoleTable();
  }

  @Override
  public String asSummaryString() {
    return "console";
  }

  private static final class Console implements Sink<RowData> {
    private static final long serialVersionUID = 1L;

    @Deprecated
    @Override
    public SinkWriter<RowData> createWriter(InitContext context) {
      return new Writer();
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
      return new Writer();
    }
  }

  private static final class Writer implements SinkWriter<RowData> {
    @Override
    public void write(RowData row, SinkWriter.Context context) {
      if (!row.isNullAt(0)) {
        Progress.tell(row.getString(0).toString());
      }
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
