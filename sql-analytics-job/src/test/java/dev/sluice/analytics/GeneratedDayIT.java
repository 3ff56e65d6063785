package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.operator.drop.DropAlert;
import dev.sluice.common.operator.drop.DropAlerts;
import dev.sluice.common.operator.drop.DropRule;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import dev.sluice.testing.CollectingSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole job, from options to files, gives for days with disorder and duplicates what plain Java
 * gives.
 *
 * <p>A million trades a day but for the pattern, whose cost grows with their density. System
 * properties: {@code sluice.day.ticks}, and {@code sluice.day.seeds} with commas between.
 */
class GeneratedDayIT {
  private static final long TICKS = Long.getLong("sluice.day.ticks", 1_000_000);
  private static final int FEW = 10_000;
  private static final long MINUTE = 60_000;
  private static final int ALARM = 10;
  private static final DropRule DROP = DropRule.of(500, Duration.ofMinutes(10));

  @TempDir Path output;

  static LongStream seeds() {
    String seed = System.getProperty("sluice.properties.seed", "20260101");
    return Arrays.stream(System.getProperty("sluice.day.seeds", seed).split(",", -1))
        .mapToLong(Long::parseLong);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aMillionTicksGiveWhatPlainJavaGives(long seed) throws Exception {
    run(
        seed,
        TICKS,
        List.of(
            "deduplicate", "volume_per_window", "ohlc", "vwap", "trade_alarm", "top_n_per_window"),
        "--variables.alarm.ticker=%",
        "--variables.alarm.trades=" + ALARM,
        "--variables.top.number=3");

    checkWindows(new Day(seed, TICKS));
  }

  /** Few trades: MATCH_RECOGNIZE is too slow for a million, the operator below is not. */
  @ParameterizedTest
  @ValueSource(longs = {1, -7})
  void patternsGiveWhatPlainJavaGives(long seed) throws Exception {
    Day day = new Day(seed, FEW);

    run(seed, FEW, List.of("drop_alert", "drop_alert_fast", "late_ticks"));

    assertThat(Results.of(output, "drop_alerts"))
        .isNotEmpty()
        .isEqualTo(day.drops(DROP.drop, DROP.withinMillis));
    assertThat(Results.of(output, "fast_drop_alerts"))
        .isEqualTo(day.drops(DROP.drop, DROP.withinMillis));
    assertThat(Results.of(output, "volume_in_time")).isEqualTo(day.volumes(MINUTE));
    assertThat(Results.of(output, "late_ticks")).isEmpty(); // the lateness covers the disorder
  }

  @Test
  void eachTickIsInAWindowOrLate() throws Exception {
    run(3, FEW, List.of("late_ticks"), "--variables.lateness=500 ms");

    List<String> late = Results.of(output, "late_ticks");
    assertThat(late).isNotEmpty();
    assertThat(Day.volumes(Results.of(output, "volume_in_time"), late, MINUTE))
        .isEqualTo(new Day(3, FEW).volumes(MINUTE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOperatorFindsTheDropsOfAMillionTicks(long seed) throws Exception {
    Day day = new Day(seed, TICKS);
    List<String> found = new ArrayList<>();
    try (CollectingSink<DropAlert> alerts = CollectingSink.create();
        CollectingSink<Tick> late = CollectingSink.create()) {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
      TickGenerator generator = day.generator();
      DataStream<Tick> ticks =
          GeneratedSource.of(generator)
              .records(TICKS)
              .addTo(env, "generate")
              .map(record -> generator.tick(index(record.source)))
              .returns(Tick.class)
              .assignTimestampsAndWatermarks(
                  WatermarkStrategy.<Tick>forBoundedOutOfOrderness(generator.maxLag())
                      .withTimestampAssigner((tick, none) -> tick.eventTime));
      DropAlerts<Tick> drops = DropAlerts.onTicks(ticks, DROP, "drops");
      drops.alerts().sinkTo(alerts);
      drops.lateRows().sinkTo(late);
      env.execute();
      for (DropAlert alert : alerts.finished()) {
        found.add(Day.drop(alert));
      }
      assertThat(late.finished()).isEmpty();
    }
    assertThat(found.stream().sorted().toList())
        .isNotEmpty()
        .isEqualTo(day.drops(DROP.drop, DROP.withinMillis));
  }

  private static long index(String source) {
    return Long.parseLong(source.substring(source.lastIndexOf('/') + 1));
  }

  private void run(long seed, long ticks, List<String> queries, String... variables)
      throws Exception {
    List<String> words = new ArrayList<>(List.of(variables));
    words.add(
        "--script.path="
            + queries.stream()
                .map(query -> "classpath:sql/" + query + ".sql")
                .collect(Collectors.joining(",")));
    words.add("--generator.ticks=" + ticks);
    words.add("--generator.seed=" + seed);
    words.add("--output.type=files");
    words.add("--output.path=" + output.toUri());
    words.add("--checkpoint.interval=500 ms");
    words.add("--job.parallelism=2");
    Job.run(words.toArray(String[]::new));
  }

  private void checkWindows(Day day) throws Exception {
    Day.UniqueTicks unique = day.new UniqueTicks();
    Results.forEach(output, "unique_ticks", unique::see);
    assertThat(unique.mistakes()).isEmpty();
    assertThat(Results.of(output, "volume_per_window")).isEqualTo(day.volumePerWindow(MINUTE));
    assertThat(Results.of(output, "ohlc")).isEqualTo(day.ohlc(MINUTE));
    assertThat(Results.of(output, "vwap")).isEqualTo(day.vwap(MINUTE));
    assertThat(Results.of(output, "trade_alarms"))
        .isNotEmpty()
        .isEqualTo(day.alarms(MINUTE, MINUTE / 2, ALARM));
    assertThat(Results.of(output, "top_n_per_window")).isEqualTo(day.topPerWindow(5 * MINUTE, 3));
  }
}
