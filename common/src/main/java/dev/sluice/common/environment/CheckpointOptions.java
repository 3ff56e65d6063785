package dev.sluice.common.environment;

import dev.sluice.common.config.JobOption;
import java.time.Duration;
import java.util.List;

/**
 * Options of checkpoints. Amazon Managed Service for Apache Flink has its own settings for them,
 * which win there.
 */
public final class CheckpointOptions {
  /** Below this Flink refuses an interval or a timeout. */
  private static final Duration LEAST = Duration.ofMillis(10);

  public static final JobOption<Duration> INTERVAL =
      JobOption.ofDuration("checkpoint.interval")
          .defaultTo(Duration.ofSeconds(10))
          .atLeast(LEAST)
          .describedAs("Time between checkpoints; results become visible with them.");

  public static final JobOption<Duration> TIMEOUT =
      JobOption.ofDuration("checkpoint.timeout")
          .defaultTo(Duration.ofMinutes(10))
          .atLeast(LEAST)
          .describedAs("After this a checkpoint has failed.");

  public static final JobOption<Duration> MIN_PAUSE =
      JobOption.ofDuration("checkpoint.min-pause")
          .defaultTo(Duration.ofSeconds(1))
          .notNegative()
          .describedAs("Least time from the end of a checkpoint to the start of the next.");

  public static final JobOption<Integer> TOLERABLE_FAILURES =
      JobOption.ofInt("checkpoint.tolerable-failures")
          .defaultTo(3)
          .notNegative()
          .unit("checkpoints")
          .describedAs("Checkpoints in a row that may fail before the job restarts.");

  public static final JobOption<String> DIRECTORY =
      JobOption.ofLocation("checkpoint.directory")
          .defaultDescribedAs("the cluster's; a temporary folder in a local run")
          .describedAs(
              "Where checkpoints are written: a folder that all processes of the cluster reach.");

  public static final List<JobOption<?>> ALL =
      List.of(INTERVAL, TIMEOUT, MIN_PAUSE, TOLERABLE_FAILURES, DIRECTORY);

  private CheckpointOptions() {}
}
