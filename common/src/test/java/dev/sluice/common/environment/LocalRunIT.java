package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalRunIT {
  private static final ProgressLine LINE = ProgressLine.NONE.count("seen", "seen");

  /** Counts what it passes on and fails at a number. */
  static final class Count extends RichMapFunction<Long, Long> {
    private final long poison;
    private transient Counter seen;

    Count(long poison) {
      this.poison = poison;
    }

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getMetricGroup().counter("seen");
    }

    @Override
    public Long map(Long value) {
      if (value == poison) {
        throw new IllegalArgumentException("poison " + value);
      }
      seen.inc();
      return value;
    }
  }

  @Test
  void runsABoundedJobToItsEndAndKeepsExactCounters() throws Exception {
    try (JobEnvironment env =
        JobEnvironment.create("count", arguments("--job.parallelism=2"), LINE)) {
      count(env.streams(), 1000, -1);

      env.execute();

      assertThat(env.isLocal()).isTrue();
      assertThat(env.progress().count("seen")).isEqualTo(1000);
    }
  }

  @Test
  void refusesAnOperatorWithoutUid() throws Exception {
    try (JobEnvironment env = JobEnvironment.create("count", arguments())) {
      numbers(env.streams(), 10)
          .map(number -> number)
          .returns(Long.class)
          .sinkTo(new DiscardingSink<>())
          .uid("sink");

      assertThatThrownBy(env::execute).hasStackTraceContaining("UID");
    }
  }

  @Test
  void refusesATypeThatNeedsKryo() throws Exception {
    try (JobEnvironment env = JobEnvironment.create("count", arguments())) {
      DataStream<UUID> uuids =
          numbers(env.streams(), 10)
              .map(number -> new UUID(0, number))
              .returns(UUID.class)
              .uid("uuids")
              .setParallelism(1);
      uuids.rebalance().sinkTo(new DiscardingSink<>()).uid("sink");

      assertThatThrownBy(env::execute).hasStackTraceContaining("Generic types have been disabled");
    }
  }

  @Test
  void failsAfterFewRestartsWithTheReasonAmongTheCauses() throws Exception {
    try (JobEnvironment env =
        JobEnvironment.create(
            "count",
            arguments("--job.parallelism=1", "--flink.restart-strategy.type=none"),
            LINE)) {
      count(env.streams(), 100, 50);

      assertThatThrownBy(env::execute)
          .satisfies(
              e ->
                  assertThat(ExceptionUtils.findThrowable(e, IllegalArgumentException.class))
                      .hasValueSatisfying(cause -> assertThat(cause).hasMessage("poison 50")));
    }
  }

  @Test
  void dashboardShowsTheFinishedJobUntilEnter() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PipedOutputStream keyboard = new PipedOutputStream();
    JobArguments arguments = arguments("--local.web-ui=true", "--local.web-ui-port=0");
    LocalRun run =
        LocalRun.prepare(
            new EnvironmentSettings(arguments),
            new Progress(LINE),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new PipedInputStream(keyboard));
    count(run.streams(), 100, -1);
    run.execute("count");
    URI dashboard = run.dashboard().orElseThrow();
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              try {
                run.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    String jobs = get(dashboard.resolve("/jobs/overview"));
    String page = get(dashboard.resolve("/index.html"));

    assertThat(dashboard.getHost()).isEqualTo("127.0.0.1");
    assertThat(jobs).contains("\"name\":\"count\"").contains("\"state\":\"FINISHED\"");
    assertThat(page).contains("<html");
    assertThat(closing).isNotDone();
    keyboard.write('\n');
    closing.get(60, TimeUnit.SECONDS);
    assertThatThrownBy(() -> get(dashboard)).isInstanceOf(java.io.IOException.class);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Dashboard: " + dashboard)
        .contains("The job has ended. ")
        .contains("Enter or Ctrl-C");
  }

  private static String get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static JobArguments arguments(String... args) {
    return JobArguments.parse(args, EnvironmentOptions.ALL);
  }

  private static void count(StreamExecutionEnvironment streams, long numbers, long poison) {
    numbers(streams, numbers)
        .map(new Count(poison))
        .name("count")
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  private static DataStream<Long> numbers(StreamExecutionEnvironment streams, long numbers) {
    return streams
        .fromSource(
            new NumberSequenceSource(1, numbers), WatermarkStrategy.noWatermarks(), "numbers")
        .uid("numbers");
  }
}
