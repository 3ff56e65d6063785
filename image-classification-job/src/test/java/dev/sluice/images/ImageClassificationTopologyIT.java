package dev.sluice.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.operator.microbatch.MicroBatch;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.Ledger;
import dev.sluice.testing.ManualSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dataflow between a source and sinks of the test, with failures. */
@Timeout(120)
class ImageClassificationTopologyIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @BeforeEach
  void forget() {
    FailOnce.SEEN.set(0);
    FakeClassifier.OPEN.clear();
  }

  /** Throws once, at the n-th record that any subtask sees. */
  static final class FailOnce<T> implements MapFunction<T, T> {
    static final AtomicInteger SEEN = new AtomicInteger();
    private final int at;

    FailOnce(int at) {
      this.at = at;
    }

    @Override
    public T map(T value) {
      if (SEEN.incrementAndGet() == at) {
        throw new IllegalStateException("failure on purpose at record " + at);
      }
      return value;
    }
  }

  @Test
  void ledgerIsExactOverAFailureBehindTheModel() throws Exception {
    for (int failAt : new int[] {1, 40, 99}) {
      FailOnce.SEEN.set(0);
      List<String> inputs = new ArrayList<>();
      try (var source = ManualSource.unbounded(TypeInformation.of(FileObject.class), 2);
          var results = CollectingSink.<Classification>create();
          var letters = CollectingSink.<DeadLetter>create()) {
        JobClient job = pipeline(source, results, letters, failAt).executeAsync();
        emit(source, inputs, 60);
        source.awaitCheckpointed(LIMIT);
        emit(source, inputs, 60);
        source.end();
        job.getJobExecutionResult().get();

        assertThat(FailOnce.SEEN).as("the failure happened").hasValueGreaterThan(failAt);
        Ledger ledger = Ledger.of(inputs);
        results.finished().forEach(result -> ledger.record(result.path));
        letters.finished().forEach(letter -> ledger.record(letter.source));
        ledger.assertExact();
        assertThat(letters.finished()).hasSize(12);
      }
      assertThat(FakeClassifier.OPEN).as("classifiers that were left open").isEmpty();
    }
  }

  @Test
  void resultsBelongToTheirImagesWithTwoSubtasks() throws Exception {
    List<String> inputs = new ArrayList<>();
    try (var source = ManualSource.bounded(TypeInformation.of(FileObject.class), 2);
        var results = CollectingSink.<Classification>create();
        var letters = CollectingSink.<DeadLetter>create()) {
      emit(source, inputs, 100);
      source.end();

      pipeline(source, results, letters, 0).execute();

      assertThat(results.finished()).hasSize(90);
      assertThat(results.finished())
          .allSatisfy(
              result -> assertThat(result.path).endsWith("/" + result.classes[0].substring(1)));
    }
  }

  /** Every tenth is no image; the others are of a class that their name ends with. */
  private static void emit(ManualSource<FileObject> source, List<String> inputs, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      int number = inputs.size();
      String path = number + "/" + number % FakeClassifier.CLASSES;
      byte[] bytes =
          number % 10 == 9
              ? new byte[] {1, 2, 3}
              : FakeClassifier.image(number % FakeClassifier.CLASSES);
      source.emitTo(number % 2, new FileObject(path, bytes, number));
      inputs.add(path);
    }
  }

  private static StreamExecutionEnvironment pipeline(
      ManualSource<FileObject> source,
      CollectingSink<Classification> results,
      CollectingSink<DeadLetter> letters,
      int failAt) {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(2);
    env.enableCheckpointing(50);
    DataStream<FileObject> images =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "images").uid("images");
    SingleOutputStreamOperator<Classification> classified =
        ImageClassificationTopology.build(
            images,
            FakeClassifier::new,
            new Inference(7, 1 << 20, Duration.ofMillis(20), 100, 1, 10));
    TypeInformation<Classification> type = TypeInformation.of(Classification.class);
    classified
        .map(new FailOnce<>(failAt))
        .returns(type)
        .uid("fail once")
        .sinkTo(results)
        .uid("results");
    classified.getSideOutput(MicroBatch.REJECTED).sinkTo(letters).uid("letters");
    return env;
  }
}
