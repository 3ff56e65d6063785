package dev.sluice.common.environment;

import static dev.sluice.common.environment.EnvironmentOptions.MAX_PARALLELISM;
import static dev.sluice.common.environment.EnvironmentOptions.PARALLELISM;
import static dev.sluice.common.environment.EnvironmentOptions.WEB_UI;
import static dev.sluice.common.environment.EnvironmentOptions.WEB_UI_PORT;

import dev.sluice.common.config.JobArguments;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * What Flink is told in addition to its own configuration. Immutable; its constructor is the only
 * validator.
 */
final class EnvironmentSettings {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LOCAL_RESTARTS = 3;

  private final JobArguments arguments;
  private final CheckpointSettings checkpoints;
  private final Optional<Integer> parallelism;
  private final int maxParallelism;

  EnvironmentSettings(JobArguments arguments) {
    this.arguments = arguments;
    this.checkpoints = new CheckpointSettings(arguments);
    this.parallelism = arguments.find(PARALLELISM);
    this.maxParallelism = arguments.get(MAX_PARALLELISM);
    check(arguments);
  }

  /**
   * Checks the rules between options of the environment, to report them together with those of the
   * job.
   */
  static void check(JobArguments arguments) {
    int greatest = arguments.get(MAX_PARALLELISM);
    arguments.check(
        problems ->
            problems
                .require(
                    arguments.find(PARALLELISM).orElse(1) <= greatest,
                    PARALLELISM,
                    "must not be greater than 'job.max-parallelism'",
                    MAX_PARALLELISM)
                .require(
                    !arguments.isSet(WEB_UI_PORT) || arguments.get(WEB_UI),
                    WEB_UI_PORT,
                    "must not be set without '--local.web-ui=true'",
                    WEB_UI));
  }

  boolean keepsDashboardOpen() {
    return arguments.get(WEB_UI);
  }

  /** For a job that is submitted to a cluster. */
  Configuration onCluster(ReadableConfig cluster) {
    Configuration flink = arguments.flink();
    addToBoth(cluster, flink);
    parallelism.ifPresent(number -> flink.set(CoreOptions.DEFAULT_PARALLELISM, number));
    return flink;
  }

  /**
   * For a job that brings its own cluster, in this process. Everything binds to the loopback
   * address only.
   */
  Configuration inThisProcess() {
    Configuration flink = arguments.flink();
    addToBoth(arguments.flink(), flink);
    flink.set(DeploymentOptions.TARGET, LocalCluster.TARGET);
    flink.set(DeploymentOptions.ATTACHED, true);
    if (parallelism.isPresent()) {
      flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism.get());
    } else {
      keep(
          flink,
          CoreOptions.DEFAULT_PARALLELISM,
          Math.min(Runtime.getRuntime().availableProcessors(), maxParallelism));
    }
    // A mistake that repeats must end a local run, not spin in it for ever.
    if (flink.getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
      flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
      flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, LOCAL_RESTARTS);
      flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
    }
    keep(flink, RestOptions.ADDRESS, LOOPBACK); // before the address that it falls back to
    keep(flink, JobManagerOptions.ADDRESS, LOOPBACK);
    keep(flink, JobManagerOptions.BIND_HOST, LOOPBACK);
    keep(flink, TaskManagerOptions.HOST, LOOPBACK);
    keep(flink, TaskManagerOptions.BIND_HOST, LOOPBACK);
    keep(flink, RestOptions.BIND_ADDRESS, LOOPBACK);
    keep(flink, RestOptions.BIND_PORT, dashboardPort());
    keep(flink, WebOptions.SUBMIT_ENABLE, false);
    keep(flink, SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
    // The mini cluster looks for its BLOB server under the host's public name, where nothing
    // listens here: never go there.
    keep(flink, BlobServerOptions.OFFLOAD_MINSIZE, Integer.MAX_VALUE);
    return flink;
  }

  private void addToBoth(ReadableConfig cluster, Configuration flink) {
    checkpoints.apply(cluster, flink);
    if (arguments.isSet(MAX_PARALLELISM)
        || cluster.getOptional(PipelineOptions.MAX_PARALLELISM).isEmpty()) {
      flink.set(PipelineOptions.MAX_PARALLELISM, maxParallelism);
    }
    flink.set(
        PipelineOptions.AUTO_GENERATE_UIDS,
        false); // a missing uid fails when the job graph is built
    flink.set(PipelineOptions.GENERIC_TYPES, false); // Kryo is an error, not a slow surprise
  }

  private String dashboardPort() {
    if (!arguments.get(WEB_UI)) {
      return "0";
    }
    return arguments.find(WEB_UI_PORT).map(String::valueOf).orElse("8081-8180");
  }

  private static <T> void keep(Configuration flink, ConfigOption<T> option, T value) {
    if (flink.getOptional(option).isEmpty()) {
      flink.set(option, value);
    }
  }
}
