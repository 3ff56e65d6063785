package dev.sluice.analytics;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.connectors.kinesis.table.KinesisDynamicSource;
import org.apache.flink.streaming.connectors.kinesis.table.KinesisDynamicTableFactory;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/**
 * The connector {@code sluice-kinesis}: a source as Flink's {@code kinesis}, with its options, and
 * a watermark for each shard. With one for all, a subtask that is behind on several shards finds
 * the rows of those late that it reads more slowly.
 *
 * <p>A shard without records holds the watermark back. After {@code scan.shard.idle.interval}
 * milliseconds it does no more; -1, the default, is for ever.
 */
public final class KinesisTableFactory implements DynamicTableSourceFactory {
  static final String NAME = "sluice-kinesis";
  static final String IDLE_MILLIS = "scan.shard.idle.interval";

  private final KinesisDynamicTableFactory factory = new KinesisDynamicTableFactory();

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new KinesisTable((KinesisDynamicSource) factory.createDynamicTableSource(context));
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return factory.requiredOptions();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return factory.optionalOptions();
  }

  @Override
  public Set<ConfigOption<?>> forwardOptions() {
    return factory.forwardOptions();
  }
}
