package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.images.decoding.Pictures;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job as assembled, with its own source, sinks and model, stopped and restored in mid-run. */
@Timeout(180)
class ImageClassificationRestoreIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path temp;

  @Test
  void ledgerIsExactOverSavepointsFromOneToTwoSubtasksAndBack(
      @InjectClusterClient ClusterClient<?> client, @InjectMiniCluster MiniCluster cluster)
      throws Exception {
    Path input = Files.createDirectories(temp.resolve("input"));
    Path output = temp.resolve("output");
    List<Path> samples = samples();
    List<String> added = new ArrayList<>();

    String savepoint = null;
    int third = samples.size() / 3 + 1;
    for (int stage = 0; stage < 3; stage++) {
      added.addAll(
          copy(
              samples.subList(stage * third, Math.min(samples.size(), (stage + 1) * third)),
              input));
      JobGraph job = job(input, output, stage == 1 ? 2 : 1, savepoint);
      client.submitJob(job).get();
      if (stage < 2) { // as soon as it runs: most images of this stage are still to come
        CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
      } else {
        Await.until(
            added.size() + " images finished", LIMIT, () -> finished(output) >= added.size());
      }
      savepoint =
          client
              .stopWithSavepoint(
                  job.getJobID(),
                  false,
                  temp.resolve("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      assertThat(stage < 2 && finished(output) == added.size())
          .as("stage %s was over when it was stopped, so that this tests nothing", stage)
          .isFalse();
    }

    Ledger ledger = Ledger.of(added);
    ledger.record(FinishedFiles.in(output.resolve("classifications")), this::imageOf);
    ledger.record(FinishedFiles.in(output.resolve("dead-letters")), this::sourceOf);
    ledger.assertExact();
    assertThat(FinishedFiles.in(output.resolve("dead-letters")).lines()).hasSize(6);
  }

  private static JobGraph job(Path input, Path output, int parallelism, String savepoint) {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(PipelineOptions.MAX_PARALLELISM, 16);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    String model = Pictures.sampleData().resolve("models/resnet18-shapes").toUri().toString();
    ImageClassificationJob.assemble(
        env,
        JobArguments.parse(
            new String[] {
              "--input.path=" + input.toUri(),
              "--output.path=" + output.toUri(),
              "--input.discovery-interval=100 ms",
              "--input.max-object-size=1 mb",
              "--model.url=" + model,
              "--batch.size=4",
              "--batch.max-age=20 ms"
            },
            ImageClassificationOptions.ALL,
            ImageClassificationSettings::new));
    JobGraph graph = env.getStreamGraph().getJobGraph();
    if (savepoint != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint, false));
    }
    return graph;
  }

  private static int finished(Path output) throws IOException {
    return FinishedFiles.in(output.resolve("classifications")).lines().size()
        + FinishedFiles.in(output.resolve("dead-letters")).lines().size();
  }

  /** Names with their folder made one name, so that none meets another. */
  private static List<String> copy(List<Path> files, Path input) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      String name = file.getParent().getFileName() + "-" + file.getFileName();
      // As an uploader does: a file that is found is whole.
      Path hidden = Files.copy(file, input.resolve("." + name));
      Files.move(hidden, input.resolve(name));
      names.add(name);
    }
    return names;
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Pictures.sampleData().resolve("images"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String imageOf(String line) {
    try {
      Classification result = ClassificationJson.read(line.getBytes(StandardCharsets.UTF_8));
      return name(result.path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sourceOf(String line) {
    try {
      DeadLetter letter = DeadLetterJson.read(line.getBytes(StandardCharsets.UTF_8));
      return name(letter.source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
