package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Source and sink together, as a test of a topology has them. */
class ManualSourceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @Test
  void carriesRecordsFromTestToTestWhileJobRuns() throws Exception {
    try (var source = ManualSource.unbounded(Types.INT);
        var sink = CollectingSink.<Integer>create()) {
      JobClient job = pipeline(environment(100, 1), source, sink).executeAsync();

      source.emit(1, 2, 3);
      assertThat(sink.awaitFinished(3, LIMIT)).containsExactly(1, 2, 3);
      source.emit(4);
      assertThat(sink.awaitFinished(4, LIMIT)).containsExactly(1, 2, 3, 4);

      job.cancel().get();
    }
  }

  @Test
  void finishesNothingBeforeCheckpointAndAllAtEnd() throws Exception {
    try (var source = ManualSource.unbounded(Types.INT);
        var sink = CollectingSink.<Integer>create()) {
      JobClient job = pipeline(environment(0, 1), source, sink).executeAsync();
      source.emit(1, 2);

      source.awaitConsumed(LIMIT);

      assertThat(sink.received()).containsExactly(1, 2);
      assertThat(sink.finished()).isEmpty();
      source.end();
      job.getJobExecutionResult().get();
      assertThat(sink.finished()).containsExactly(1, 2);
    }
  }

  @Test
  void repeatsAfterFailureOnlyInReceived() throws Exception {
    try (var source = ManualSource.unbounded(Types.INT);
        var sink = CollectingSink.<Integer>create()) {
      StreamExecutionEnvironment env = environment(200, 1);
      var fuse = new FailOnce(7);
      env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers")
          .uid("numbers")
          .process(fuse)
          .uid("fuse")
          .sinkTo(sink)
          .uid("sink");
      JobClient job = env.executeAsync();

      source.emit(1, 2, 3);
      source.awaitCheckpointed(LIMIT);
      source.emit(4, 5, 6, 7, 8);
      source.end();
      job.getJobExecutionResult().get();

      assertThat(FailOnce.BLOWN.get(fuse.id).get()).isTrue();
      assertThat(sink.finished()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(sink.received()).startsWith(1, 2, 3, 4, 5, 6).endsWith(6, 7, 8);
      assertThat(sink.received().size()).isGreaterThan(8);
    }
  }

  @Test
  void resumesFromSavepointWithOtherParallelism(@TempDir java.nio.file.Path folder)
      throws Exception {
    try (var source = ManualSource.unbounded(Types.INT, 4);
        var sink = CollectingSink.<Integer>create()) {
      JobClient first = pipeline(environment(0, 1), source, sink).executeAsync();
      for (int partition = 0; partition < 4; partition++) {
        source.emitTo(partition, 10 * partition);
      }
      source.awaitConsumed(LIMIT);
      String savepoint =
          first
              .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
              .get();

      StreamExecutionEnvironment env = environment(0, 3);
      var configuration = new Configuration();
      configuration.setString("execution.savepoint.path", savepoint);
      env.configure(configuration);
      for (int partition = 0; partition < 4; partition++) {
        source.emitTo(partition, 10 * partition + 1);
      }
      source.end();
      pipeline(env, source, sink).execute();

      assertThat(sink.finished()).containsExactlyInAnyOrder(0, 10, 20, 30, 1, 11, 21, 31);
    }
  }

  @Test
  void emitsTimestampsAndMergesWatermarksOfPartitions() throws Exception {
    try (var source = ManualSource.unbounded(Types.STRING, 2);
        var sink = CollectingSink.<String>create()) {
      StreamExecutionEnvironment env = environment(0, 1);
      env.fromSource(source, WatermarkStrategy.noWatermarks(), "words")
          .uid("words")
          .process(new ShowTime())
          .uid("show time")
          .sinkTo(sink)
          .uid("sink");
      JobClient job = env.executeAsync();

      source.emitTo(0, 5L, "a").watermarkTo(0, 90);
      source.awaitConsumed(LIMIT);
      source.watermarkTo(1, 40);
      source.awaitConsumed(LIMIT);
      source.emitTo(1, 41L, "b").idle(1);
      source.awaitConsumed(LIMIT);
      source.emitTo(0, 91L, "c");
      source.end();
      job.getJobExecutionResult().get();

      assertThat(sink.finished())
          .containsExactly("a@5 after -9223372036854775808", "b@41 after 40", "c@91 after 90");
    }
  }

  @Test
  void runsBoundedInBatchMode() throws Exception {
    try (var source = ManualSource.bounded(Types.INT);
        var sink = CollectingSink.<Integer>create()) {
      StreamExecutionEnvironment env = environment(0, 2);
      env.setRuntimeMode(org.apache.flink.api.common.RuntimeExecutionMode.BATCH);
      source.emit(1, 2, 3).end();

      pipeline(env, source, sink).execute();

      assertThat(sink.finished()).containsExactlyInAnyOrder(1, 2, 3);
    }
  }

  @Test
  void refusesStepsAfterEnd() {
    try (var source = ManualSource.bounded(Types.INT)) {
      source.end();

      assertThatThrownBy(() -> source.emit(1)).hasMessageContaining("at its end");
    }
  }

  @Test
  void saysThatClosedSinkIsClosed() {
    var sink = CollectingSink.<Integer>create();

    sink.close();

    assertThatThrownBy(sink::finished).hasMessageContaining("closed");
  }

  private static StreamExecutionEnvironment environment(long checkpointMillis, int parallelism) {
    var configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    var env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    if (checkpointMillis > 0) {
      env.enableCheckpointing(checkpointMillis);
    }
    return env;
  }

  private static StreamExecutionEnvironment pipeline(
      StreamExecutionEnvironment env, ManualSource<Integer> source, CollectingSink<Integer> sink) {
    env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers")
        .sinkTo(sink)
        .uid("sink");
    return env;
  }

  private static final class FailOnce extends ProcessFunction<Integer, Integer> {
    private static final ConcurrentHashMap<String, AtomicBoolean> BLOWN = new ConcurrentHashMap<>();

    private final String id = java.util.UUID.randomUUID().toString();
    private final int value;

    FailOnce(int value) {
      this.value = value;
      BLOWN.put(id, new AtomicBoolean());
    }

    @Override
    public void open(OpenContext context) {}

    @Override
    public void processElement(Integer element, Context context, Collector<Integer> out) {
      if (element == value && BLOWN.get(id).compareAndSet(false, true)) {
        throw new IllegalStateException("fuse at " + value);
      }
      out.collect(element);
    }
  }

  private static final class ShowTime extends ProcessFunction<String, String> {
    @Override
    public void processElement(String element, Context context, Collector<String> out) {
      out.collect(
          element
              + "@"
              + context.timestamp()
              + " after "
              + context.timerService().currentWatermark());
    }
  }
}
