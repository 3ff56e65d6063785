package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.ManagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSettingsTest {
  @Test
  void appliesDefaultsWhereTheClusterSaysNothing() {
    Configuration added = added(new Configuration());

    assertThat(added.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(added.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS))
        .isEqualTo(Duration.ofSeconds(1));
    assertThat(added.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(added.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)).isEqualTo(3);
    assertThat(added.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEmpty();
  }

  @Test
  void keepsWhatTheClusterSets() {
    Configuration cluster = new Configuration();
    cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(3));
    cluster.setString(
        "state.checkpoints.dir", "s3://cluster/checkpoints"); // Flink's older name for it

    Configuration added = added(cluster);

    assertThat(added.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEmpty();
    assertThat(added.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEmpty();
    assertThat(added.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)).isEqualTo(3);
  }

  @Test
  void optionThatSomebodySetWinsOverTheClusterEvenIfItIsTheDefault() {
    Configuration cluster = new Configuration();
    cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(3));
    cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://cluster/checkpoints");

    Configuration added =
        added(cluster, "--checkpoint.interval=10 s", "--checkpoint.directory=s3://mine/c");

    assertThat(added.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(added.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEqualTo("s3://mine/c");
  }

  @Test
  void makesAUriOfALocalFolder() {
    assertThat(
            added(new Configuration(), "--checkpoint.directory=a b/c")
                .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
        .startsWith("file:///")
        .endsWith("/a%20b/c");
  }

  @Test
  void leavesCheckpointsToTheManagedServiceEvenIfOptionsAreSet(@TempDir Path folder)
      throws IOException {
    Path properties =
        Files.writeString(
            folder.resolve("properties.json"),
            """
            [{"PropertyGroupId": "checkpoint", "PropertyMap": {"interval": "1 s", "directory": "s3://mine/c"}}]""");
    Configuration added = new Configuration();

    new CheckpointSettings(ManagedService.arguments(properties, EnvironmentOptions.ALL))
        .apply(new Configuration(), added);

    assertThat(added.toMap()).isEmpty();
  }

  private static Configuration added(Configuration cluster, String... args) {
    Configuration added = new Configuration();
    new CheckpointSettings(JobArguments.parse(args, EnvironmentOptions.ALL)).apply(cluster, added);
    return added;
  }
}
