package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The test cluster registers itself as every cluster's entry point does. */
class OnClusterIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void usesTheClusterThatTheJobWasSubmittedTo() throws Exception {
    try (JobEnvironment env =
        JobEnvironment.create(
            "count",
            JobArguments.parse(
                new String[] {"--job.parallelism=1", "--checkpoint.interval=7 s"},
                EnvironmentOptions.ALL),
            ProgressLine.NONE.count("seen", "seen"))) {
      env.streams()
          .fromSource(new NumberSequenceSource(1, 10), WatermarkStrategy.noWatermarks(), "numbers")
          .uid("numbers")
          .sinkTo(new DiscardingSink<>())
          .uid("sink");

      env.execute();

      assertThat(env.isLocal()).isFalse();
      assertThat(env.dashboard()).isEmpty();
      assertThat(env.progress().count("seen")).isZero();
      assertThat(env.streams().getParallelism()).isEqualTo(1);
      assertThat(env.streams().getMaxParallelism()).isEqualTo(128);
      assertThat(env.streams().getCheckpointConfig().getCheckpointInterval()).isEqualTo(7000);
    }
  }

  @Test
  void refusesAnOperatorWithoutUidThereAsWell() throws Exception {
    try (JobEnvironment env =
        JobEnvironment.create("count", JobArguments.parse(new String[0], EnvironmentOptions.ALL))) {
      env.streams()
          .fromSource(new NumberSequenceSource(1, 10), WatermarkStrategy.noWatermarks(), "numbers")
          .sinkTo(new DiscardingSink<>())
          .uid("sink");

      assertThatThrownBy(env::execute).hasStackTraceContaining("UID");
    }
  }

  @Test
  void mistakesInOptionsPropagateToTheCluster() {
    assertThatThrownBy(
            () ->
                CommandLine.run(
                    new String[] {"--job.parallelism=0"},
                    EnvironmentOptions.ALL,
                    arguments -> arguments,
                    (arguments, settings) -> {}))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'job.parallelism' must be between 1 and 32768");
  }
}
