package dev.sluice.benchmarks.sql;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector {@code benchmark-alerts}: {@link AlertSink}. */
public final class AlertTableFactory implements DynamicTableSinkFactory {
  static final String NAME = "benchmark-alerts";

  @Override
  public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
    FactoryUtil.createTableFactoryHelper(this, context).validate();
    return new AlertTable();
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  private static final class AlertTable implements DynamicTableSink {
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
      return ChangelogMode.insertOnly();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
      return SinkV2Provider.of(new AlertSink<>());
    }

    @Override
    public DynamicTableSink copy() {
      return new AlertTable();
    }

    @Override
    public String asSummaryString() {
      return "counted alerts";
    }
  }
}
