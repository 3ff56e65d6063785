package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sql.InvalidScriptException;
import dev.sluice.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compiled plan keeps the state of a job: stopped, and run again with other parallelism. */
class PlanRestoreIT {
  private static final int TICKS = 12_000;

  /** Two minutes for all: the job is stopped long before. */
  private static final String SLOWLY = "--generator.rate=100";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void runsOnFromASavepointWithItsPlanAndOtherParallelism() throws Exception {
    Path plan = folder.resolve("plan.json");
    Path output = folder.resolve("output");
    Job.run(options(output, "--compile-plan=" + plan));

    StreamExecutionEnvironment first = environment(2, "");
    SqlRun.rehearse(Job.settings(options(output, "--plan.run=" + plan, SLOWLY))).addTo(first);
    JobClient client = first.executeAsync();
    Await.until("results", LIMIT, () -> Results.of(output, "volume_per_window").size() > 5);
    String savepoint = stop(client);
    assertThat(Results.of(output, "unique_ticks")).hasSizeLessThan(TICKS / 2);

    StreamExecutionEnvironment second = environment(3, savepoint);
    SqlRun.rehearse(Job.settings(options(output, "--plan.run=" + plan))).addTo(second);
    second.execute();

    Day day = new Day(42, TICKS);
    assertThat(Results.of(output, "volume_per_window")).isEqualTo(day.volumePerWindow(60_000));
    assertThat(Results.of(output, "unique_ticks")).isEqualTo(day.uniqueTicks());
    assertThat(Results.of(output, "fast_drop_alerts"))
        .isNotEmpty()
        .isEqualTo(day.drops(500, 600_000));
  }

  @Test
  void eachTickIsInAWindowOrLateThroughARestartWithOtherParallelism() throws Exception {
    Path plan = folder.resolve("plan.json");
    Path output = folder.resolve("output");
    String[] options = {
      "--script.path=classpath:sql/late_ticks.sql",
      "--variables.lateness=1 ms",
      "--generator.ticks=" + TICKS,
      "--output.type=files",
      "--output.path=" + output.toUri(),
      "--tables.late_ticks.sink.rolling-policy.rollover-interval=100 ms",
      "--tables.late_ticks.sink.rolling-policy.check-interval=100 ms"
    };
    Job.run(with("--compile-plan=" + plan, options));
    options = with("--plan.run=" + plan, options);
    String savepoint = "";
    for (int parallelism : new int[] {2, 3}) {
      StreamExecutionEnvironment env = environment(parallelism, savepoint);
      SqlRun.rehearse(Job.settings(with(SLOWLY, options))).addTo(env);
      int before = savepoint.isEmpty() ? 0 : Results.of(output, "late_ticks").size();
      JobClient client = env.executeAsync();
      Await.until("late rows", LIMIT, () -> Results.of(output, "late_ticks").size() > before + 5);
      savepoint = stop(client);
    }
    StreamExecutionEnvironment last = environment(1, savepoint);
    SqlRun.rehearse(Job.settings(options)).addTo(last);
    last.execute();

    List<String> late = Results.of(output, "late_ticks");
    assertThat(late).hasSizeGreaterThan(100);
    assertThat(Day.volumes(Results.of(output, "volume_in_time"), late, 60_000))
        .isEqualTo(new Day(42, TICKS).volumes(60_000));
  }

  @Test
  void refusesAPlanThatDoesNotFit() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.json"), "{\"flinkVersion\":\"1.20\"}");
    String[] options = options(folder, "--plan.run=" + plan);

    assertThatThrownBy(() -> SqlRun.rehearse(Job.settings(options)).addTo(environment(1, "")))
        .isInstanceOf(InvalidScriptException.class)
        .hasMessageStartingWith(plan + ": The plan cannot be used");
    Files.delete(plan);
    assertThatThrownBy(() -> SqlRun.rehearse(Job.settings(options)).addTo(environment(1, "")))
        .hasMessageStartingWith(plan + ": The plan cannot be read");
  }

  private String stop(JobClient client) throws Exception {
    return client
        .stopWithSavepoint(
            false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  private static String[] with(String one, String... options) {
    return Stream.concat(Stream.of(options), Stream.of(one)).toArray(String[]::new);
  }

  private static String[] options(Path output, String... more) {
    Stream<String> all =
        Stream.of(
            "--script.path=classpath:sql/volume_per_window.sql,classpath:sql/deduplicate.sql,"
                + "classpath:sql/drop_alert_fast.sql",
            "--generator.ticks=" + TICKS,
            "--output.type=files",
            "--output.path=" + output.toUri(),
            "--tables.volume_per_window.sink.rolling-policy.rollover-interval=100 ms",
            "--tables.volume_per_window.sink.rolling-policy.check-interval=100 ms");
    return Stream.concat(all, Stream.of(more)).toArray(String[]::new);
  }

  private static StreamExecutionEnvironment environment(int parallelism, String savepoint) {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(PipelineOptions.MAX_PARALLELISM, 128);
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    if (!savepoint.isEmpty()) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return StreamExecutionEnvironment.getExecutionEnvironment(flink);
  }
}
