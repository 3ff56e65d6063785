package dev.sluice.replication.failover;

import static dev.sluice.replication.failover.SwitchOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkSettings;
import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.common.source.kinesis.KinesisSourceSettings;
import dev.sluice.replication.PositionSettings;
import dev.sluice.replication.PositionStore;
import dev.sluice.replication.SourceAddress;
import java.io.IOException;
import java.time.Clock;

/** What both commands share, checked. Immutable. */
final class SwitchSettings {
  private final JobArguments arguments;
  private final RegisterSettings register;
  private final PositionSettings positions;
  private final StreamAddress home;
  private final StreamAddress away;

  /** Rules between options: two Regions. */
  SwitchSettings(JobArguments arguments) {
    this.arguments = arguments;
    register = new RegisterSettings(arguments);
    positions = new PositionSettings(arguments);
    new KinesisSourceSettings(arguments); // for its rules
    home = SourceAddress.of(arguments).timeout(arguments.get(PROBE));
    away = new KinesisSinkSettings(arguments).address().timeout(arguments.get(PROBE));
    arguments.check(
        problems ->
            problems.require(
                !home.region().equals(away.region()),
                KinesisSinkOptions.REGION,
                "must not be the Region of the stream at home"));
  }

  /**
   * Opens the register; the caller closes it.
   *
   * @param by who switches
   */
  SwitchWorld open(String by) throws IOException {
    PositionStore.Factory toAway = positions.existing();
    return new SwitchWorld(
        register.open(),
        new Site(home.region(), home::probe),
        new Site(away.region(), away::probe),
        // Of a failover home there may be no copy that keeps positions: those of the other say so.
        new SwitchWorld.Copies(
            toAway, arguments.find(FAILBACK_POSITIONS).map(positions::existing).orElse(toAway)),
        new SwitchWorld.Time(Clock.systemUTC(), Waiter.REAL, limits()),
        by);
  }

  private SwitchLimits limits() {
    return new SwitchLimits(
        arguments.get(CANARIES),
        arguments.get(REQUEST),
        arguments.get(SKEW),
        arguments.get(STOPPED),
        new SwitchLimits.DurationsOfCopy(
            arguments.get(LOOK),
            arguments.get(NEAR),
            arguments.get(CATCH_UP),
            arguments.get(DRAIN)));
  }
}
