package dev.sluice.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.source.generated.ticks.TickGenerator;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ProduceTicksIT {
  private static final String REGION = "us-east-1";
  private static LocalKinesis kinesis;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @Test
  void putsEveryTickInTheOrderOfItsStockWhateverFails() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "faults", 3);
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 11)) {
      Fault throttled =
          proxy.add(
              FaultRule.of(
                      FaultAction.answer(400, "ProvisionedThroughputExceededException"),
                      "PutRecords")
                  .every(7));
      Fault lost = proxy.add(FaultRule.of(FaultAction.forwardThenReset(), "PutRecords").every(9));
      produce(
          "faults",
          proxy.endpoint(),
          "--generator.ticks=800",
          "--generator.seed=5",
          "--generator.tickers=12",
          "--generator.skew=0.5",
          "--generator.duplicates=0.1",
          "--generator.disordered=0.3",
          "--generator.disorder=10 s",
          "--generator.start=2026-03-01T09:00:00Z",
          "--generator.day=3 h",
          "--generator.drops=5",
          "--generator.drop-depth=700");

      assertThat(throttled.fired()).isPositive();
      assertThat(lost.fired()).isPositive();
    }

    TickGenerator day = day();
    Map<String, Set<String>> expected = new TreeMap<>();
    LongStream.range(0, 800)
        .forEach(
            i -> firstOf(expected, day.tick(i).ticker, new String(day.generate(i).data, UTF_8)));
    Map<String, Set<String>> found = new TreeMap<>();
    for (KinesisRecord record : stream.records()) {
      firstOf(found, record.partitionKey(), new String(record.data(), UTF_8));
    }
    assertThat(inOrder(found)).isEqualTo(inOrder(expected));
  }

  @Test
  void failsIfThereIsNoSuchStream() {
    assertThatThrownBy(() -> produce("missing", kinesis.endpoint(), "--generator.ticks=10"))
        .hasStackTraceContaining("ResourceNotFoundException")
        .hasStackTraceContaining("missing");
  }

  /** As the options say. */
  private static TickGenerator day() {
    return TickGenerator.builder(5)
        .ticks(800)
        .tickers(12)
        .skew(0.5)
        .duplicates(0.1)
        .disorder(0.3, Duration.ofSeconds(10))
        .day(Instant.parse("2026-03-01T09:00:00Z"), Duration.ofHours(3))
        .drops(5, 700)
        .build();
  }

  private static void firstOf(Map<String, Set<String>> byTicker, String ticker, String tick) {
    byTicker.computeIfAbsent(ticker, key -> new LinkedHashSet<>()).add(tick);
  }

  private static Map<String, String> inOrder(Map<String, Set<String>> byTicker) {
    return byTicker.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join("\n", entry.getValue())));
  }

  private static void produce(String stream, URI endpoint, String... more) throws Exception {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, flink);
    ProduceTicksTest.settings(stream, endpoint.toString(), more).assemble(env);
    env.execute();
  }
}
