package dev.sluice.common.environment;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who says how checkpoints are made.
 *
 * <p>Per setting: an option that somebody set wins; else what the cluster's configuration sets is
 * kept; else the option's default holds. On Amazon Managed Service for Apache Flink nothing is
 * touched, because the service's checkpoint settings override those of the code:
 * https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_CheckpointConfiguration.html
 */
final class CheckpointSettings {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSettings.class);

  private final JobArguments arguments;

  CheckpointSettings(JobArguments arguments) {
    this.arguments = arguments;
  }

  /**
   * @param cluster what the cluster and {@code --flink.…} say
   * @param target receives what is to be added to it
   */
  void apply(ReadableConfig cluster, Configuration target) {
    if (arguments.isManagedService()) {
      CheckpointOptions.ALL.stream()
          .filter(arguments::isSet)
          .forEach(
              option ->
                  LOG.warn(
                      "Option '{}' has no effect on the managed service: its own setting holds",
                      option));
      return;
    }
    set(CheckpointOptions.INTERVAL, CheckpointingOptions.CHECKPOINTING_INTERVAL, cluster, target);
    set(CheckpointOptions.TIMEOUT, CheckpointingOptions.CHECKPOINTING_TIMEOUT, cluster, target);
    set(
        CheckpointOptions.MIN_PAUSE,
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
        cluster,
        target);
    set(
        CheckpointOptions.TOLERABLE_FAILURES,
        CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
        cluster,
        target);
    set(
        CheckpointOptions.DIRECTORY,
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        LocalFileSystems::absoluteUri,
        cluster,
        target);
  }

  private <T> void set(
      JobOption<T> option, ConfigOption<T> flink, ReadableConfig cluster, Configuration target) {
    set(option, flink, value -> value, cluster, target);
  }

  private <T> void set(
      JobOption<T> option,
      ConfigOption<T> flink,
      Function<T, T> form,
      ReadableConfig cluster,
      Configuration target) {
    Optional<T> value = arguments.find(option);
    if (value.isPresent() && (arguments.isSet(option) || cluster.getOptional(flink).isEmpty())) {
      target.set(flink, form.apply(value.get()));
    }
  }
}
