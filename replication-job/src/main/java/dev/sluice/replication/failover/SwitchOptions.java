package dev.sluice.replication.failover;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import dev.sluice.replication.PositionOptions;
import java.time.Duration;
import java.util.List;

/**
 * Options of the commands {@code failover}, {@code failback} and {@code monitor}: {@code kinesis.*}
 * is the stream at home, {@code kinesis-sink.*} the one away, and {@code positions.*} those of the
 * copy from home to away, as the replicator itself has them.
 */
public final class SwitchOptions {
  /** What {@code failover} is to do. */
  public enum FailoverAction {
    /** Enters the stream into the register, at home. */
    INIT,
    PLAN,
    RUN,
    STATUS
  }

  /** What {@code failback} is to do. */
  public enum FailbackAction {
    PLAN,
    RUN
  }

  /** One of the two Regions. */
  public enum Place {
    HOME,
    AWAY
  }

  public static final JobOption<FailoverAction> FAILOVER_ACTION =
      JobOption.ofEnum("failover.action", FailoverAction.class)
          .required()
          .describedAs("What to do; the word behind 'failover' says it, too.");

  public static final JobOption<Boolean> FAILOVER_DRY_RUN =
      JobOption.ofBoolean("failover.dry-run")
          .defaultTo(false)
          .describedAs("Whether 'run' only plans; '--dry-run' says it, too.");

  static final JobOption<Place> FAILOVER_TO =
      JobOption.ofEnum("failover.to", Place.class)
          .defaultTo(Place.AWAY)
          .describedAs("Where to go: away, or, when the Region away is lost, home.");

  static final JobOption<Boolean> ALTHOUGH_HEALTHY =
      JobOption.ofBoolean("failover.although-healthy")
          .defaultTo(false)
          .describedAs("Leave a Region that seems to be in order.");

  static final JobOption<Duration> LEASE =
      JobOption.ofDuration("failover.lease")
          .defaultTo(Duration.ofSeconds(10))
          .atLeast(Duration.ofMillis(100))
          .describedAs("With 'init': how long a producer may send without a look at the register.");

  public static final JobOption<FailbackAction> FAILBACK_ACTION =
      JobOption.ofEnum("failback.action", FailbackAction.class)
          .required()
          .describedAs("What to do; the word behind 'failback' says it, too.");

  public static final JobOption<Boolean> FAILBACK_DRY_RUN =
      JobOption.ofBoolean("failback.dry-run")
          .defaultTo(false)
          .describedAs("Whether 'run' only plans; '--dry-run' says it, too.");

  static final JobOption<String> FAILBACK_POSITIONS =
      JobOption.ofString("failback.positions")
          .defaultDescribedAs("required for a failback")
          .notEmpty()
          .describedAs(
              "Positions of the copy from away to home: its 'positions.copy' in the same table, or"
                  + " its folder.");

  static final JobOption<Boolean> COPY_OUT_ENDED =
      JobOption.ofBoolean("failback.copy-out-ended")
          .defaultTo(false)
          .describedAs(
              "Says that all that was left at home is copied, where positions cannot say so.");

  static final JobOption<Integer> CANARIES =
      JobOption.ofInt("switch.canaries")
          .defaultTo(SwitchLimits.DEFAULTS.canaries)
          .between(1, 1_000)
          .unit("records")
          .describedAs("Records that a stream must store and give back to be in order.");

  static final JobOption<Duration> PROBE =
      JobOption.ofDuration("switch.probe-timeout")
          .defaultTo(Duration.ofSeconds(5))
          .between(Duration.ofMillis(100), Duration.ofMinutes(1))
          .describedAs("A canary's request without an answer after this time has failed.");

  static final JobOption<Duration> REQUEST =
      JobOption.ofDuration("switch.request-timeout")
          .defaultTo(SwitchLimits.DEFAULTS.request)
          .positive()
          .describedAs("Longest time after which a producer still believes in a request.");

  static final JobOption<Duration> SKEW =
      JobOption.ofDuration("switch.clock-skew")
          .defaultTo(SwitchLimits.DEFAULTS.skew)
          .notNegative()
          .describedAs("How far clocks of controllers and streams may differ.");

  static final JobOption<Duration> STOPPED =
      JobOption.ofDuration("switch.stopped-after")
          .defaultTo(SwitchLimits.DEFAULTS.stopped)
          .positive()
          .describedAs(
              "A replicator that keeps no position while it is watched for so long has stopped:"
                  + " at least twice its checkpoint interval.");

  static final JobOption<Duration> LOOK =
      JobOption.ofDuration("switch.look-interval")
          .defaultTo(SwitchLimits.DEFAULTS.copy.look)
          .positive()
          .describedAs("Time between two looks at positions.");

  static final JobOption<Duration> NEAR =
      JobOption.ofDuration("failback.near")
          .defaultTo(SwitchLimits.DEFAULTS.copy.near)
          .positive()
          .describedAs(
              "Producers are not held before the copy back passes new records within this time.");

  static final JobOption<Duration> CATCH_UP =
      JobOption.ofDuration("failback.catch-up-limit")
          .defaultTo(SwitchLimits.DEFAULTS.copy.catchUp)
          .positive()
          .describedAs("How long to wait for that.");

  static final JobOption<Duration> DRAIN =
      JobOption.ofDuration("failback.drain-limit")
          .defaultTo(SwitchLimits.DEFAULTS.copy.drain)
          .positive()
          .describedAs(
              "How long to hold producers until all is copied; then they go on as before.");

  static final List<JobOption<?>> SHARED =
      JobOption.all(
          KinesisSourceOptions.ALL,
          KinesisSinkOptions.ALL,
          PositionOptions.ALL,
          RegisterOptions.ALL,
          List.of(
              FAILBACK_POSITIONS,
              NEAR,
              CATCH_UP,
              DRAIN,
              CANARIES,
              PROBE,
              REQUEST,
              SKEW,
              STOPPED,
              LOOK));

  /** Every option of {@code failover}. */
  public static final List<JobOption<?>> FAILOVER =
      JobOption.all(
          List.of(FAILOVER_ACTION, FAILOVER_DRY_RUN, FAILOVER_TO, ALTHOUGH_HEALTHY, LEASE),
          SHARED,
          EnvironmentOptions.ALL);

  /** Every option of {@code failback}. */
  public static final List<JobOption<?>> FAILBACK =
      JobOption.all(
          List.of(FAILBACK_ACTION, FAILBACK_DRY_RUN, COPY_OUT_ENDED),
          SHARED,
          EnvironmentOptions.ALL);

  private SwitchOptions() {}
}
