package dev.sluice.common.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.FailOnPurpose;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import dev.sluice.testing.CollectingSink;
import dev.sluice.testing.JobGraphs;
import dev.sluice.testing.ManualSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class OrderedKinesisSinkIT {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int KEYS = 97;
  private static final String REGION = "us-east-2";
  private static LocalKinesis kinesis;
  private static FaultProxy proxy;
  private static Fault failing;

  @TempDir Path savepoints;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
    proxy = FaultProxy.start(kinesis.endpoint(), 4);
    proxy.add(FaultRule.of(FaultAction.forwardThenReset(), "PutRecords").share(0.05));
    failing =
        proxy.add(
            FaultRule.of(
                FaultAction.failEntries(0.05, "ProvisionedThroughputExceededException"),
                "PutRecords"));
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    kinesis.close();
  }

  @Test
  void keepsTheOrderOfEachKeyOverFailuresRestartsAndOtherParallelism() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "restarts", 3);
    FailOnPurpose.FAILURES_LEFT.set(2);
    Configuration config = new Configuration();
    config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    int sent = 0;
    try (ManualSource<RawRecord> source = source();
        CollectingSink<String> stored = CollectingSink.create()) {
      for (int parallelism : new int[] {2, 3, 1}) {
        JobClient job = start(parallelism, config, source, stored, "restarts");
        for (int chunk = 0; chunk < 3; chunk++) {
          for (int i = 0; i < 250; i++, sent++) {
            source.emit(record("schlüssel " + sent % KEYS, "n" + sent));
          }
          source.awaitCheckpointed(LIMIT);
        }
        config.set(
            StateRecoveryOptions.SAVEPOINT_PATH,
            job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL)
                .get());
      }
      assertThat(stored.received().stream().distinct()).hasSize(sent);
    }

    assertThat(FailOnPurpose.FAILURES_LEFT.get()).isLessThan(1);
    assertThat(failing.failedEntries()).isGreaterThan(50);
    assertThat(firstCopies(stream)).isEqualTo(expected(sent));
  }

  /** Flink has silenced its timers by then, and the savepoint waits for records that pause. */
  @Test
  void triesOnWhileTheJobStopsWithASavepoint() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "stopped", 1);
    failing.disable(); // or it would take the requests
    Fault all =
        proxy.add(FaultRule.of(FaultAction.answer(503, "ServiceUnavailable"), "PutRecords"));
    try (ManualSource<RawRecord> source = source();
        CollectingSink<String> stored = CollectingSink.create()) {
      JobClient job = start(1, new Configuration(), source, stored, "stopped");
      for (int i = 0; i < 40; i++) {
        source.emit(record("k" + i, "n" + i));
      }
      all.awaitFired(2, LIMIT);

      CompletableFuture<String> stop =
          job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.CANONICAL);
      all.awaitFired(all.fired() + 5, LIMIT);
      all.disable();
      stop.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      all.disable();
      failing.enable();
    }

    assertThat(firstCopies(stream)).hasSize(40);
  }

  @Test
  void aRecordThatTheStreamWillNeverTakeIsADeadLetter() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "dead-letters", 1);
    try (ManualSource<RawRecord> source = source();
        CollectingSink<String> stored = CollectingSink.create();
        CollectingSink<DeadLetter> refused = CollectingSink.create()) {
      StreamExecutionEnvironment env = env(2, new Configuration());
      sink(env, source, "dead-letters", stored)
          .getSideOutput(OrderedKinesisSink.REFUSED)
          .sinkTo(refused)
          .name("refused")
          .uid("refused");
      JobGraphs.assertSound(env);
      source.emit(record("a", "1"), record("x".repeat(257), "2"), record("a", "3"));
      source.end();

      env.execute();

      assertThat(stored.finished()).hasSize(2);
      assertThat(refused.finished())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.errorCode).isEqualTo("partition-key-length");
                assertThat(letter.rawData).isEqualTo("2".getBytes(UTF_8));
                assertThat(letter.stage).isEqualTo("write");
                assertThat(letter.source).isEqualTo("x".repeat(257));
              });
    }
    assertThat(stream.records())
        .extracting(r -> new String(r.data(), UTF_8))
        .containsExactly("1", "3");
  }

  private static ManualSource<RawRecord> source() {
    return ManualSource.unbounded(TypeInformation.of(RawRecord.class));
  }

  private static JobClient start(
      int parallelism,
      Configuration config,
      ManualSource<RawRecord> source,
      CollectingSink<String> stored,
      String stream)
      throws Exception {
    StreamExecutionEnvironment env = env(parallelism, config);
    sink(env, source, stream, stored);
    return env.executeAsync();
  }

  private static SingleOutputStreamOperator<String> sink(
      StreamExecutionEnvironment env,
      ManualSource<RawRecord> source,
      String stream,
      CollectingSink<String> stored) {
    StreamAddress address =
        StreamAddress.of(REGION, stream)
            .at(proxy.endpoint().toString())
            .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY);
    SingleOutputStreamOperator<String> out =
        OrderedKinesisSink.to(
                address.writer(), (RawRecord r) -> new StreamEntry(r.data, r.source, null))
            .with(PutSettings.defaults().requests(2, 500, 1 << 20))
            .describedBy((r, letter) -> letter.from(r.source, r.data.length))
            .on(
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "records")
                    .uid("records")
                    .setParallelism(1)
                    .map(new FailOnPurpose(200))
                    .name("fail")
                    .uid("fail")
                    .setParallelism(1)
                    .keyBy(r -> r.source, Types.STRING),
                (r, placement) -> new String(r.data, UTF_8),
                Types.STRING,
                "write");
    out.sinkTo(stored).name("stored").uid("stored");
    return out;
  }

  private static StreamExecutionEnvironment env(int parallelism, Configuration config) {
    Configuration all = new Configuration(config);
    all.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    all.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(all);
    env.setParallelism(parallelism);
    return env;
  }

  private static RawRecord record(String key, String text) {
    return new RawRecord(text.getBytes(UTF_8), 0L, key);
  }

  private static Map<String, List<String>> expected(int records) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (int i = 0; i < records; i++) {
      byKey.computeIfAbsent("schlüssel " + i % KEYS, key -> new ArrayList<>()).add("n" + i);
    }
    return byKey;
  }

  private static Map<String, List<String>> firstCopies(KinesisStream stream) throws Exception {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (KinesisRecord record : stream.records()) {
      String text = new String(record.data(), UTF_8);
      List<String> seen = byKey.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>());
      if (!seen.contains(text)) {
        seen.add(text);
      }
    }
    return byKey;
  }
}
