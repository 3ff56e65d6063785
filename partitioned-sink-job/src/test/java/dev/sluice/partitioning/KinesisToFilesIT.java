package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.local.KinesisShard;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.JobGraphs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job from Kinesis to local files. */
class KinesisToFilesIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  private static final String REGION = "us-east-1";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void writesEachRecordOnceWhileTheStreamIsReshardedAndTheJobRescaled() throws Exception {
    try (LocalKinesis kinesis = LocalKinesis.start()) {
      KinesisStream stream = kinesis.createStream(REGION, "clicks", 2);
      StreamOfEvents events = new StreamOfEvents(stream);
      events.put(200);

      JobClient client = start(kinesis, 1, null);
      awaitFinished(1);
      stream.split(stream.openShards().get(0));
      events.put(200);
      List<KinesisShard> open = stream.openShards();
      stream.merge(open.get(1), open.get(2));
      events.put(200);
      String savepoint =
          client
              .stopWithSavepoint(
                  false,
                  folder.resolve("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      stream.split(stream.openShards().get(0));
      events.put(200);
      client = start(kinesis, 3, savepoint);
      awaitFinished(events.expected());

      assertThat(stream.shards()).hasSizeGreaterThan(5);
      events.ledger(finished()).assertExact();
      client.cancel().get();
    }
  }

  private JobClient start(LocalKinesis kinesis, int parallelism, @Nullable String savepoint)
      throws Exception {
    if (savepoint == null) {
      JobGraphs.assertSound(environment(kinesis, parallelism, null));
    }
    return environment(kinesis, parallelism, savepoint).executeAsync();
  }

  private StreamExecutionEnvironment environment(
      LocalKinesis kinesis, int parallelism, @Nullable String savepoint) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    List<String> options = new ArrayList<>(StreamOfEvents.options(kinesis, REGION, "clicks"));
    options.add("--output.path=" + folder.resolve("out"));
    PartitionedSinkJob.assemble(
        env,
        JobArguments.parse(
            options.toArray(String[]::new),
            PartitionedSinkOptions.ALL,
            PartitionedSinkSettings::new));
    return env;
  }

  private void awaitFinished(int records) throws Exception {
    Await.until(
        records + " records in objects",
        LIMIT,
        () -> {
          int found = finished().lines().size();
          if (found < records) {
            throw new AssertionError(found + " are there");
          }
          return true;
        });
  }

  private FinishedFiles finished() throws Exception {
    return FinishedFiles.in(folder.resolve("out"));
  }
}
