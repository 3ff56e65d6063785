package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;

class EnvironmentSettingsTest {
  @Test
  void forbidsGeneratedUidsAndGenericTypesWhateverFlinkIsTold() {
    String[] args = {
      "--flink.pipeline.generic-types=true", "--flink.pipeline.auto-generate-uids=true"
    };

    for (Configuration flink :
        new Configuration[] {
          settings(args).onCluster(new Configuration()), settings(args).inThisProcess()
        }) {
      assertThat(flink.get(PipelineOptions.GENERIC_TYPES)).isFalse();
      assertThat(flink.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    }
  }

  @Test
  void leavesRestartsAndParallelismToTheCluster() {
    Configuration cluster = new Configuration();
    cluster.set(PipelineOptions.MAX_PARALLELISM, 720);

    Configuration added = settings().onCluster(cluster);

    assertThat(added.getOptional(RestartStrategyOptions.RESTART_STRATEGY)).isEmpty();
    assertThat(added.getOptional(CoreOptions.DEFAULT_PARALLELISM)).isEmpty();
    assertThat(added.getOptional(PipelineOptions.MAX_PARALLELISM)).isEmpty();
    assertThat(
            settings("--job.max-parallelism=128")
                .onCluster(cluster)
                .get(PipelineOptions.MAX_PARALLELISM))
        .isEqualTo(128);
  }

  @Test
  void runsLocallyWithOneSubtaskPerCoreAndFewRestarts() {
    Configuration flink = settings().inThisProcess();

    assertThat(flink.get(CoreOptions.DEFAULT_PARALLELISM))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(flink.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS))
        .isEqualTo(3);
    assertThat(flink.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
  }

  @Test
  void neverPicksALocalParallelismAboveTheGreatest() {
    assertThat(
            settings("--job.max-parallelism=1")
                .inThisProcess()
                .get(CoreOptions.DEFAULT_PARALLELISM))
        .isEqualTo(1);
  }

  @Test
  void keepsFlinkKeysOfALocalRun() {
    Configuration flink =
        settings(
                "--flink.parallelism.default=7",
                "--flink.restart-strategy.type=none",
                "--flink.rest.bind-port=9")
            .inThisProcess();

    assertThat(flink.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(7);
    assertThat(flink.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("none");
    assertThat(flink.get(RestOptions.BIND_PORT)).isEqualTo("9");
  }

  @Test
  void bindsToLoopbackOnly() {
    Configuration flink = settings("--local.web-ui=true").inThisProcess();

    assertThat(
            Stream.of(
                "rest.bind-address",
                "rest.address",
                "jobmanager.bind-host",
                "jobmanager.rpc.address",
                "taskmanager.bind-host",
                "taskmanager.host"))
        .allSatisfy(key -> assertThat(flink.toMap()).containsEntry(key, "127.0.0.1"));
    assertThat(flink.get(RestOptions.BIND_PORT)).isEqualTo("8081-8180");
    assertThat(
            settings("--local.web-ui=true", "--local.web-ui-port=0")
                .inThisProcess()
                .get(RestOptions.BIND_PORT))
        .isEqualTo("0");
  }

  @Test
  void refusesParallelismAboveTheGreatestAndPortWithoutDashboardTogether() {
    assertThatThrownBy(() -> settings("--job.parallelism=129", "--local.web-ui-port=8082"))
        .hasMessageContaining(
            "Option 'job.parallelism' must not be greater than 'job.max-parallelism', but was '129'");
    assertThatThrownBy(
            () ->
                JobArguments.parse(
                    new String[] {"--job.parallelism=129", "--local.web-ui-port=8082"},
                    EnvironmentOptions.ALL,
                    EnvironmentSettings::new))
        .hasMessageContaining("job.parallelism")
        .hasMessageContaining("local.web-ui-port");
  }

  private static EnvironmentSettings settings(String... args) {
    return new EnvironmentSettings(JobArguments.parse(args, EnvironmentOptions.ALL));
  }
}
