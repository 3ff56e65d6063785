package dev.sluice.benchmarks.measure;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink with nothing of Sluice, but with the same checkpoints. */
public final class StockFlink {
  private StockFlink() {}

  /** On a cluster in this process. */
  public static StreamExecutionEnvironment environment(
      Path checkpoints, Duration interval, int parallelism) {
    return environment(checkpoints, interval, parallelism, new Configuration());
  }

  /**
   * On a cluster in this process.
   *
   * @param more settings
   */
  public static StreamExecutionEnvironment environment(
      Path checkpoints, Duration interval, int parallelism, Configuration more) {
    Configuration configuration = new Configuration(more);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
  }
}
