package dev.sluice.testing.sql;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;

/** A table that keeps every change that it gets. */
final class TestTableSink implements DynamicTableSink {
  private final TestTable table;

  TestTableSink(TestTable table) {
    this.table = table;
  }

  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return requestedMode;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(table.sink());
  }

  @Override
  public DynamicTableSink copy() {
    return new TestTableSink(table);
  }

  @Override
  public String asSummaryString() {
    return "test output";
  }
}
