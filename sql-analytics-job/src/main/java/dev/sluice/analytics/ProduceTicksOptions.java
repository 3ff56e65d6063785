package dev.sluice.analytics;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.source.generated.ticks.TickGeneratorBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Options of the command {@code produce-ticks}; those of the generator are the job's, and more. */
public final class ProduceTicksOptions {
  /** Of the lowest price that a stock has. */
  private static final double DEEPEST_DROP = 850;

  static final JobOption<Integer> TICKERS =
      JobOption.ofInt("generator.tickers")
          .defaultTo(10)
          .between(1, TickGeneratorBuilder.MOST_TICKERS)
          .unit("stocks")
          .describedAs("How many stocks are traded.");

  static final JobOption<Double> SKEW =
      JobOption.ofDouble("generator.skew")
          .defaultTo(1.0)
          .between(0.0, 5.0)
          .describedAs(
              "Exponent of Zipf's law by which some stocks are traded more often; 0: all alike.");

  static final JobOption<Double> DISORDERED =
      JobOption.ofDouble("generator.disordered")
          .defaultTo(0.1)
          .between(0.0, 1.0)
          .describedAs("Share of trades that arrive late.");

  static final JobOption<Duration> DISORDER =
      JobOption.ofDuration("generator.disorder")
          .defaultTo(Duration.ofSeconds(3))
          .between(Duration.ZERO, Duration.ofDays(1))
          .describedAs("How late they are at most, in event time.");

  static final JobOption<Double> DUPLICATES =
      JobOption.ofDouble("generator.duplicates")
          .defaultTo(0.01)
          .between(0.0, 0.5)
          .describedAs("Share of trades that come again.");

  static final JobOption<Integer> DROPS =
      JobOption.ofInt("generator.drops")
          .defaultTo(8)
          .notNegative()
          .unit("drops")
          .describedAs("How many drops of a price the day has.");

  static final JobOption<Double> DROP_DEPTH =
      JobOption.ofDouble("generator.drop-depth")
          .defaultTo(600.0)
          .between(1.0, DEEPEST_DROP)
          .unit("dollars")
          .describedAs("By how much the price falls in each; up to 80 less are seen of it.");

  static final JobOption<String> START =
      JobOption.ofString("generator.start")
          .defaultTo("2026-01-05T14:30:00Z")
          .where(ProduceTicksOptions::isInstant, "must be a time such as '2026-01-31T12:00:00Z'")
          .describedAs("Event time at which the day begins.");

  static final JobOption<Duration> DAY =
      JobOption.ofDuration("generator.day")
          .defaultTo(Duration.ofMinutes(390))
          .between(Duration.ofMillis(1), Duration.ofDays(10))
          .describedAs("How long the day is, in event time.");

  /** Every option, in the order of the tables. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(SqlAnalyticsOptions.TICKS, SqlAnalyticsOptions.SEED, SqlAnalyticsOptions.RATE),
          List.of(TICKERS, SKEW, DISORDERED, DISORDER, DUPLICATES, DROPS, DROP_DEPTH, START, DAY),
          KinesisSinkOptions.ALL,
          EnvironmentOptions.ALL);

  private ProduceTicksOptions() {}

  private static boolean isInstant(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
