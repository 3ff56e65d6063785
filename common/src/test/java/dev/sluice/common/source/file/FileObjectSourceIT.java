package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.JobGraphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileObjectSourceIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  @TempDir Path savepoints;
  private Photos photos;

  @BeforeEach
  void makeFolder() throws IOException {
    photos = new Photos(Files.createDirectories(folder.resolve("in put")));
  }

  @Test
  void isAPojoForFlink() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(FileObject.class);
  }

  @Test
  void boundedReadsEachObjectOnceAndEnds() throws Exception {
    photos.putMany("many", 50);
    for (String name : List.of("a b.jpg", "ü/ß😀.jpg", "100%.jpg", "%20.jpg", "+&#?.jpg", "e")) {
      photos.put(name, name.equals("e") ? "" : "content of " + name);
    }
    List<String> expected = photos.expected();
    photos.put("too large.jpg", "x".repeat(1001));

    try (CollectingSink<FileObject> objects = CollectingSink.create();
        CollectingSink<DeadLetter> rejected = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(3, new Configuration());
      build(env, builder(), objects, rejected);
      JobGraphs.assertSound(env);
      env.execute();

      assertThat(Photos.lines(objects.finished())).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(rejected.finished())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.errorCode).isEqualTo("object-too-large");
                assertThat(letter.stage).isEqualTo("reject");
                assertThat(letter.source).endsWith("/in put/too large.jpg");
                assertThat(letter.sourceSize).isEqualTo(1001);
                assertThat(letter.rawData).isNull();
                assertThat(letter.attemptsMade).isZero();
              });
    }
  }

  @Test
  void monitoredReadsWhatIsAddedAndWhatIsOverwritten() throws Exception {
    photos.putMany("first", 20);

    try (CollectingSink<FileObject> objects = CollectingSink.create();
        CollectingSink<DeadLetter> rejected = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(2, checkpoints());
      build(env, monitored(), objects, rejected);
      JobClient job = env.executeAsync();
      List<String> expected = new java.util.ArrayList<>(photos.expected());
      objects.awaitFinished(20, LIMIT);

      photos.putMany("second", 20);
      photos.put("first/0003.jpg", "overwritten with something longer");
      photos.expected().stream().filter(line -> !expected.contains(line)).forEach(expected::add);
      objects.awaitFinished(41, LIMIT);
      photos.put("last", "one more listing");
      photos.expected().stream().filter(line -> !expected.contains(line)).forEach(expected::add);
      objects.awaitFinished(42, LIMIT);
      job.cancel().get();

      assertThat(Photos.lines(objects.finished())).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(rejected.received()).isEmpty();
    }
  }

  @Test
  void failuresLoseNothingAndRepeatNothing() throws Exception {
    photos.putMany("many", 3000);
    FailAfterCheckpoint.FAILURES_LEFT.set(4);

    try (CollectingSink<FileObject> objects = CollectingSink.create();
        CollectingSink<DeadLetter> rejected = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(2, checkpoints());
      build(env, builder().pendingLimit(500), objects, rejected);
      env.execute();

      assertThat(FailAfterCheckpoint.FAILURES_LEFT.get()).isLessThan(1);
      assertThat(objects.received()).hasSizeGreaterThan(3000);
      assertThat(Photos.lines(objects.finished()))
          .containsExactlyInAnyOrderElementsOf(photos.expected());
    }
  }

  @Test
  void aSavepointContinuesWithAnotherParallelism() throws Exception {
    try (CollectingSink<FileObject> objects = CollectingSink.create();
        CollectingSink<DeadLetter> rejected = CollectingSink.create()) {
      Configuration config = checkpoints();
      int files = 0;
      for (int parallelism : new int[] {1, 3, 2}) {
        // Stopped somewhere in the middle of these, so that splits are in the savepoint.
        photos.putMany("round" + parallelism, 400);
        StreamExecutionEnvironment env = env(parallelism, config);
        build(env, monitored().pendingLimit(50), objects, rejected);
        JobClient job = env.executeAsync();
        objects.awaitReceived(files + 100, LIMIT);
        String savepoint =
            job.stopWithSavepoint(
                    false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
        config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        files += 400;
      }
      StreamExecutionEnvironment env = env(2, config);
      build(env, monitored(), objects, rejected);
      JobClient job = env.executeAsync();
      objects.awaitFinished(files, LIMIT);
      photos.put("last", "one more listing");
      objects.awaitFinished(files + 1, LIMIT);
      job.cancel().get();

      assertThat(Photos.lines(objects.finished()))
          .containsExactlyInAnyOrderElementsOf(photos.expected());
    }
  }

  private FileObjectSourceBuilder builder() {
    return FileObjectSource.builder(List.of(photos.path())).maxObjectBytes(1000);
  }

  private FileObjectSourceBuilder monitored() {
    return builder().monitor(Duration.ofMillis(50), Duration.ofMinutes(1));
  }

  private static void build(
      StreamExecutionEnvironment env,
      FileObjectSourceBuilder source,
      CollectingSink<FileObject> objects,
      CollectingSink<DeadLetter> rejected) {
    SingleOutputStreamOperator<FileObject> stream =
        FileObjectStream.from(env, source.build(), "objects", "reject");
    stream
        .getSideOutput(SplitRejectedObjects.REJECTED)
        .sinkTo(rejected)
        .name("rejected")
        .uid("rejected");
    stream
        .map(new FailAfterCheckpoint())
        .name("fail")
        .uid("fail")
        .sinkTo(objects)
        .name("collect")
        .uid("collect");
  }

  private static StreamExecutionEnvironment env(int parallelism, Configuration config) {
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    config.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    env.setMaxParallelism(12);
    return env;
  }

  private static Configuration checkpoints() {
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(30));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return config;
  }
}
