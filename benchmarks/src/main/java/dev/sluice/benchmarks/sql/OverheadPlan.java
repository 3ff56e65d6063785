package dev.sluice.benchmarks.sql;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.time.Duration;
import java.util.List;

/**
 * How the job and bare SQL are compared.
 *
 * @param counting ticks that count in a run
 * @param before ticks before them, that do not
 * @param warmUps runs of each at first
 * @param limit no pair begins after this time
 * @param bareOnly whether bare SQL is compared with itself, to see what the method makes of that
 */
record OverheadPlan(
    long counting,
    long before,
    int warmUps,
    int pairs,
    Duration limit,
    long intervalMillis,
    boolean bareOnly,
    long seed) {

  static final JobOption<Integer> PAIRS =
      JobOption.ofInt("overhead.pairs")
          .defaultTo(12)
          .notNegative()
          .describedAs("Most pairs of runs of each query, through the job and without it.");

  static final JobOption<Duration> LIMIT =
      JobOption.ofDuration("overhead.limit")
          .defaultTo(Duration.ofSeconds(90))
          .positive()
          .describedAs("Time of a query after which no pair begins; two pairs come in any case.");

  static final JobOption<Long> TICKS =
      JobOption.ofLong("overhead.ticks")
          .defaultTo(1_200_000L)
          .positive()
          .describedAs("Ticks that count in a run; fewer of slow queries.");

  static final JobOption<Long> BEFORE =
      JobOption.ofLong("overhead.before")
          .defaultTo(400_000L)
          .notNegative()
          .describedAs("Ticks before them, which do not.");

  static final JobOption<Integer> WARM_UPS =
      JobOption.ofInt("overhead.warm-ups")
          .defaultTo(2)
          .positive()
          .describedAs("Runs of each that warm the JVM up.");

  static final JobOption<Duration> INTERVAL =
      JobOption.ofDuration("overhead.checkpoint-interval")
          .defaultTo(Duration.ofSeconds(1))
          .positive()
          .describedAs("Between checkpoints.");

  static final JobOption<Boolean> BARE_ONLY =
      JobOption.ofBoolean("overhead.bare-only")
          .defaultTo(false)
          .describedAs("Compares bare SQL with itself: what comes is the error of the method.");

  static final JobOption<Long> SEED =
      JobOption.ofLong("overhead.seed").defaultTo(42L).describedAs("Of ticks and of turns.");

  static final List<JobOption<?>> ALL =
      List.of(PAIRS, LIMIT, TICKS, BEFORE, WARM_UPS, INTERVAL, BARE_ONLY, SEED);

  static OverheadPlan of(JobArguments arguments) {
    return new OverheadPlan(
        arguments.get(TICKS),
        arguments.get(BEFORE),
        arguments.get(WARM_UPS),
        arguments.get(PAIRS),
        arguments.get(LIMIT),
        arguments.get(INTERVAL).toMillis(),
        arguments.get(BARE_ONLY),
        arguments.get(SEED));
  }

  /** For another process. */
  List<String> words() {
    return List.of(
        "--" + TICKS.key() + "=" + counting,
        "--" + BEFORE.key() + "=" + before,
        "--" + WARM_UPS.key() + "=" + warmUps,
        "--" + PAIRS.key() + "=" + pairs,
        "--" + LIMIT.key() + "=" + limit.toMillis() + " ms",
        "--" + INTERVAL.key() + "=" + intervalMillis + " ms",
        "--" + BARE_ONLY.key() + "=" + bareOnly,
        "--" + SEED.key() + "=" + seed);
  }

  static OverheadPlan of(List<String> words) {
    return of(JobArguments.parse(words.toArray(String[]::new), ALL));
  }

  long before(Query query) {
    return (long) (before * query.share);
  }

  /** All of a run. */
  long ticks(Query query) {
    return before(query) + (long) (counting * query.share);
  }
}
