package dev.sluice.replication.failover;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import java.time.Duration;
import java.util.List;

/** Options of the command {@code monitor}, beside those of {@link SwitchOptions}. */
public final class MonitorOptions {
  static final JobOption<Duration> INTERVAL =
      JobOption.ofDuration("monitor.interval")
          .defaultTo(Duration.ofSeconds(1))
          .atLeast(Duration.ofMillis(10))
          .describedAs("Time between two canaries to a Region.");

  static final JobOption<Duration> WINDOW =
      JobOption.ofDuration("monitor.window")
          .defaultTo(Duration.ofMinutes(5))
          .positive()
          .describedAs("Time over which errors are averaged.");

  static final JobOption<Double> ERROR_RATE =
      JobOption.ofDouble("monitor.error-rate")
          .defaultTo(0.01)
          .where(rate -> rate > 0 && rate <= 1, "must be above 0 and at most 1")
          .describedAs("Share of errors of puts, or of gets, from which on a Region is unhealthy.");

  static final JobOption<Double> MARGIN =
      JobOption.ofDouble("monitor.margin")
          .defaultTo(2.0)
          .where(margin -> margin >= 0, "must not be negative")
          .unit("standard errors")
          .describedAs(
              "By how much more than chance the share must be above; 0 for the plain one.");

  static final JobOption<Duration> LASTING =
      JobOption.ofDuration("monitor.lasting")
          .defaultDescribedAs("half of the window")
          .positive()
          .describedAs("Least time between the first and the last error: a burst is no outage.");

  static final JobOption<Duration> NO_DATA_AFTER =
      JobOption.ofDuration("monitor.no-data-after")
          .defaultTo(Duration.ofSeconds(30))
          .positive()
          .describedAs("Without a request for so long nothing is known of a Region.");

  static final JobOption<Duration> RECOVERY =
      JobOption.ofDuration("monitor.recovery")
          .defaultTo(Duration.ofMinutes(10))
          .positive()
          .describedAs("An unhealthy Region is healthy again when it was good for so long.");

  static final JobOption<Boolean> FAILOVER =
      JobOption.ofBoolean("monitor.failover")
          .defaultTo(false)
          .describedAs(
              "Whether to fail over when the active Region is unhealthy and the other healthy.");

  static final JobOption<Duration> RUN_FOR =
      JobOption.ofDuration("monitor.run-for")
          .defaultDescribedAs("without end")
          .positive()
          .describedAs("End after this time.");

  /** Every option. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(
              INTERVAL,
              WINDOW,
              ERROR_RATE,
              MARGIN,
              LASTING,
              NO_DATA_AFTER,
              RECOVERY,
              FAILOVER,
              RUN_FOR),
          SwitchOptions.SHARED,
          EnvironmentOptions.ALL);

  private MonitorOptions() {}
}
