package dev.sluice.replication.drill;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import java.time.Duration;
import java.util.List;

/** Options of the command {@code drill}, which is what the job does without any option. */
public final class DrillOptions {
  static final JobOption<Long> SEED =
      JobOption.ofLong("drill.seed")
          .defaultTo(20260101L)
          .describedAs("Of keys and prices, and of the faults.");

  static final JobOption<Integer> RATE =
      JobOption.ofInt("drill.records-per-second")
          .defaultTo(100)
          .between(1, 5_000)
          .unit("records")
          .describedAs("What the producer is given.");

  static final JobOption<Integer> KEYS =
      JobOption.ofInt("drill.keys")
          .defaultTo(200)
          .between(1, 100_000)
          .unit("keys")
          .describedAs("Partition keys, taken at random.");

  static final JobOption<Integer> RECORDS =
      JobOption.ofInt("drill.records")
          .defaultTo(5_000)
          .between(1, 1_000_000)
          .unit("records")
          .describedAs("The drill writes on at home, at its end, until it has sent so many.");

  static final JobOption<Duration> WRITE_HOME =
      JobOption.ofDuration("drill.write-home")
          .defaultTo(Duration.ofSeconds(8))
          .positive()
          .describedAs("Time between the first record and the outage.");

  static final JobOption<Duration> WRITE_AWAY =
      JobOption.ofDuration("drill.write-away")
          .defaultTo(Duration.ofSeconds(8))
          .positive()
          .describedAs("Time between the failover and the end of the outage.");

  static final JobOption<Duration> WINDOW =
      JobOption.ofDuration("drill.window")
          .defaultTo(Duration.ofSeconds(10))
          .between(Duration.ofSeconds(10), Duration.ofMinutes(5))
          .describedAs("The monitor's window ('monitor.window').");

  static final JobOption<Double> ENTRIES_FAIL =
      JobOption.ofDouble("drill.entries-fail")
          .defaultTo(0.01)
          .where(share -> share >= 0 && share < 1, "must be at least 0 and below 1")
          .describedAs("Share of single entries of PutRecords that fail at home, outage or not.");

  static final JobOption<String> OUTPUT =
      JobOption.ofLocation("drill.output")
          .defaultDescribedAs("a new folder below out/")
          .describedAs("Folder of the page, and of what the commands printed.");

  /** Every option. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(SEED, RATE, KEYS, RECORDS, WRITE_HOME, WRITE_AWAY, WINDOW, ENTRIES_FAIL, OUTPUT),
          EnvironmentOptions.ALL);

  private DrillOptions() {}
}
