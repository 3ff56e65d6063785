package dev.sluice.common.source.generated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.FailOnPurpose;
import dev.sluice.testing.Await;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.JobGraphs;
import dev.sluice.testing.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GeneratedSourceIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir java.nio.file.Path savepoints;

  @Test
  void isAPojoForFlink() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(RawRecord.class);
  }

  @Test
  void emitsEachIndexOnceAndEnds() throws Exception {
    for (long records : new long[] {0, 1, 10_001}) {
      try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
        StreamExecutionEnvironment env = env(3, new Configuration());
        build(env, source().records(records), sink);
        JobGraphs.assertSound(env);
        env.execute();

        ledger(records, sink.finished()).assertExact();
      }
    }
  }

  @Test
  void oneSubtaskEmitsInOrder() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(1, new Configuration());
      build(env, source().records(20_000), sink);
      env.execute();

      assertThat(keys(sink.received()).equals(expected(20_000))).as("in order").isTrue();
    }
  }

  @Test
  void theArrivalIsTheTimestampOfARecord() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(2, new Configuration());
      source()
          .records(100)
          .addTo(env, "source")
          .process(new TimestampAsSource())
          .name("timestamps")
          .uid("timestamps")
          .sinkTo(sink)
          .name("collect")
          .uid("collect");
      env.execute();

      assertThat(sink.finished())
          .hasSize(100)
          .allSatisfy(
              record -> assertThat(record.source).isEqualTo("at " + record.arrivalTimestamp));
    }
  }

  @Test
  void failuresLoseNothingAndRepeatNothing() throws Exception {
    FailOnPurpose.FAILURES_LEFT.set(4);
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      Configuration config = checkpoints();
      StreamExecutionEnvironment env = env(2, config);
      build(env, source().perSecond(15_000), sink);
      JobClient job = env.executeAsync();
      Await.until("all failures", LIMIT, () -> FailOnPurpose.FAILURES_LEFT.get() < 1);
      stopWithSavepoint(job, config);
      long records = finishTheRest(config, sink);

      assertThat(sink.received()).as("repeated").hasSizeGreaterThan((int) records);
      ledger(records, sink.finished()).assertExact();
    }
  }

  @Test
  void aSavepointContinuesWithAnotherParallelism() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      Configuration config = checkpoints();
      for (int parallelism : new int[] {1, 3, 2}) {
        int before = sink.received().size();
        StreamExecutionEnvironment env = env(parallelism, config);
        build(env, source().perSecond(10_000), sink);
        JobClient job = env.executeAsync();
        sink.awaitReceived(before + 5_000, LIMIT);
        stopWithSavepoint(job, config);
      }
      long records = finishTheRest(config, sink);

      ledger(records, sink.finished()).assertExact();
    }
  }

  /** Asks again while not all tasks run, as after a failure. */
  private void stopWithSavepoint(JobClient job, Configuration config) throws Exception {
    String folder = savepoints.toUri().toString();
    String savepoint =
        Await.value(
            "a savepoint",
            LIMIT,
            () -> {
              try {
                return Optional.of(
                    job.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL).get());
              } catch (ExecutionException e) {
                if (ExceptionUtils.findThrowable(e, CheckpointException.class).isEmpty()) {
                  throw e;
                }
                return Optional.empty();
              }
            });
    config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  /** Goes on from the savepoint to an end behind all that was received; returns the number. */
  private static long finishTheRest(Configuration config, CollectingSink<RawRecord> sink)
      throws Exception {
    long last = keys(sink.received()).stream().mapToLong(Long::parseLong).max().orElseThrow();
    long records = last + 5_000;
    StreamExecutionEnvironment env = env(4, config);
    build(env, source().records(records), sink);
    env.execute();
    return records;
  }

  /** That it is not slower either is in {@link PaceTest}, whose clock is its own. */
  @Test
  void isNotFasterThanTheRateOfAllSubtasksTogether() throws Exception {
    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(3, new Configuration());
      build(env, source().records(6_000).perSecond(3_000), sink);
      long start = System.nanoTime();
      env.execute();

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(1_900));
      ledger(6_000, sink.finished()).assertExact();
    }
  }

  @Test
  void withoutANumberItGoesOnUntilItIsCancelled() throws Exception {
    assertThat(source().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    assertThat(source().records(5).getBoundedness()).isEqualTo(Boundedness.BOUNDED);

    try (CollectingSink<RawRecord> sink = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(2, checkpoints());
      build(env, source().perSecond(50_000), sink);
      JobClient job = env.executeAsync();
      sink.awaitFinished(20_000, LIMIT);
      job.cancel().get();
    }
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source().records(-1))
        .withMessage("Number of generated records must not be negative, but was '-1'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source().perSecond(0))
        .withMessage("Rate of generated records must be positive, but was '0.0'");
    assertThatIllegalArgumentException().isThrownBy(() -> source().perSecond(Double.NaN));
  }

  private static GeneratedSource source() {
    return GeneratedSource.of(
        index -> {
          String key = Long.toString(index);
          return new RawRecord(key.getBytes(UTF_8), 1_000 + index, "generated/" + key);
        });
  }

  private static void build(
      StreamExecutionEnvironment env, GeneratedSource source, CollectingSink<RawRecord> sink) {
    source
        .addTo(env, "source")
        .map(new FailOnPurpose(500))
        .name("fail")
        .uid("fail")
        .sinkTo(sink)
        .name("collect")
        .uid("collect");
  }

  private static Ledger ledger(long records, List<RawRecord> received) {
    Ledger ledger = Ledger.of(expected(records));
    keys(received).forEach(ledger::record);
    return ledger;
  }

  private static List<String> expected(long records) {
    return LongStream.range(0, records).mapToObj(Long::toString).collect(Collectors.toList());
  }

  private static List<String> keys(List<RawRecord> records) {
    return records.stream()
        .map(record -> new String(record.data, UTF_8))
        .collect(Collectors.toList());
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
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return config;
  }
}
