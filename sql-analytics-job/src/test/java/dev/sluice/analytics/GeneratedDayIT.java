package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole job, from options to files, gives for days with disorder and duplicates what plain Java
 * gives.
 */
class GeneratedDayIT {
  private static final int TICKS = 10_000;
  private static final long MINUTE = 60_000;

  @TempDir Path output;

  @ParameterizedTest
  @ValueSource(longs = {1, -7})
  void equalsPlainJava(long seed) throws Exception {
    Day day = new Day(seed, TICKS);

    Job.run(
        "--script.path="
            + String.join(
                ",",
                List.of(
                    "classpath:sql/deduplicate.sql",
                    "classpath:sql/volume_per_window.sql",
                    "classpath:sql/ohlc.sql",
                    "classpath:sql/trade_alarm.sql",
                    "classpath:sql/top_n_per_window.sql",
                    "classpath:sql/drop_alert.sql",
                    "classpath:sql/drop_alert_fast.sql",
                    "classpath:sql/late_ticks.sql")),
        "--variables.alarm.ticker=%",
        "--variables.alarm.trades=10",
        "--variables.top.number=3",
        "--generator.ticks=" + TICKS,
        "--generator.seed=" + seed,
        "--output.type=files",
        "--output.path=" + output.toUri(),
        "--checkpoint.interval=500 ms",
        "--job.parallelism=2");

    assertThat(Results.of(output, "unique_ticks")).isEqualTo(day.uniqueTicks());
    assertThat(Results.of(output, "volume_per_window")).isEqualTo(day.volumePerWindow(MINUTE));
    assertThat(Results.of(output, "ohlc")).isEqualTo(day.ohlc(MINUTE));
    assertThat(Results.of(output, "trade_alarms"))
        .isNotEmpty()
        .isEqualTo(day.alarms(MINUTE, MINUTE / 2, 10));
    assertThat(Results.of(output, "top_n_per_window")).isEqualTo(day.topPerWindow(5 * MINUTE, 3));
    assertThat(Results.of(output, "drop_alerts"))
        .isNotEmpty()
        .isEqualTo(day.drops(500, 10 * MINUTE));
    assertThat(Results.of(output, "fast_drop_alerts")).isEqualTo(day.drops(500, 10 * MINUTE));
    assertThat(Results.of(output, "late_ticks")).isEmpty(); // the lateness covers the disorder
  }
}
