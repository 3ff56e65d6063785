package dev.sluice.benchmarks.partitions;

import dev.sluice.common.source.generated.GeneratedSource;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What both of Flink's own sinks get: the same source, parser and checkpoints. */
final class StockFlink {
  /** No file ends by age in these runs. */
  static final Duration LONG = Duration.ofHours(1);

  private StockFlink() {}

  static StreamExecutionEnvironment environment(
      Path checkpoints, Duration interval, int parallelism) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    env.getConfig().enableObjectReuse();
    return env;
  }

  static SingleOutputStreamOperator<Row> rows(StreamExecutionEnvironment env, Workload workload) {
    return GeneratedSource.of(new Clicks(workload))
        .records(workload.all())
        .addTo(env, "generate")
        .map(record -> new Row(CustomerReader.read(record.data), record.data))
        .returns(Row.class);
  }
}
