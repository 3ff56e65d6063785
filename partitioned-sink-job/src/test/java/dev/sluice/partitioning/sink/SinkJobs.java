package dev.sluice.partitioning.sink;

import dev.sluice.testing.ManualSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs of a source that the test drives, a failure on demand, and the sink. */
final class SinkJobs {
  /** The partition of a record that fails the job while there are {@link #FAILURES} left. */
  static final String POISON = "fail now";

  static final AtomicInteger FAILURES = new AtomicInteger();

  private SinkJobs() {}

  static void build(
      StreamExecutionEnvironment env,
      ManualSource<PartitionedRecord> source,
      Path root,
      UnaryOperator<PartitionedSinkBuilder> how) {
    PartitionedSinkBuilder builder =
        PartitionedSink.builder(root, (partition, oldest, failed, uuid) -> partition + uuid)
            .data(new Lines())
            .deadLetters(new Lines());
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
        .uid("source")
        .map(new FailNow())
        .name("fail on purpose")
        .uid("fail")
        .filter(record -> !record.partition.equals(POISON))
        .name("leave out the poison")
        .uid("filter")
        .partitionCustom(
            (partition, targets) -> Math.floorMod(partition.hashCode(), targets),
            record -> record.partition)
        .sinkTo(how.apply(builder).build())
        .uid("sink");
  }

  static StreamExecutionEnvironment env(int parallelism, Configuration config) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    env.setMaxParallelism(4);
    return env;
  }

  /** A checkpoint each 100 ms, and restarts. */
  static Configuration checkpoints() {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    return config;
  }

  private static final class FailNow implements MapFunction<PartitionedRecord, PartitionedRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public PartitionedRecord map(PartitionedRecord record) {
      if (record.partition.equals(POISON)
          && FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("Failure on purpose");
      }
      return record;
    }
  }
}
