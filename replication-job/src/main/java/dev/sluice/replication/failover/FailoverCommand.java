package dev.sluice.replication.failover;

import static dev.sluice.replication.failover.SwitchOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.region.ActiveRegion;
import dev.sluice.replication.PositionsMissingException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The command {@code failover}: enters a stream into the register, moves it, tells where it is. */
public final class FailoverCommand {
  private final SwitchSettings settings;
  private final FailoverAction action;
  private final Place to;
  private final boolean althoughHealthy;
  private final Duration lease;

  /** Rules between options: those of {@link SwitchSettings}. */
  public FailoverCommand(JobArguments arguments) {
    settings = new SwitchSettings(arguments);
    FailoverAction given = arguments.get(FAILOVER_ACTION);
    boolean dry = arguments.get(FAILOVER_DRY_RUN) && given == FailoverAction.RUN;
    action = dry ? FailoverAction.PLAN : given;
    to = arguments.get(FAILOVER_TO);
    althoughHealthy = arguments.get(ALTHOUGH_HEALTHY);
    lease = arguments.get(LEASE);
  }

  /**
   * Does it.
   *
   * @throws UnmetException if a step cannot be taken, or if a plan says so
   */
  public void run(PrintStream out) throws IOException, InterruptedException {
    try (SwitchWorld world = settings.open("failover")) {
      switch (action) {
        case INIT:
          out.println(init(world));
          return;
        case STATUS:
          status(world, out);
          return;
        case PLAN:
          if (!new Steps(out).plan(steps(world))) {
            throw new UnmetException("The failover cannot begin as things are");
          }
          return;
        case RUN:
          new Steps(out).run(steps(world));
          return;
        default:
          throw new IllegalStateException("Unknown action '" + action + "'");
      }
    }
  }

  private List<Step> steps(SwitchWorld world) throws IOException {
    String evidence = althoughHealthy ? "'--failover.although-healthy=true' says so" : null;
    return Failover.steps(world, to == Place.HOME ? world.home : world.away, evidence);
  }

  private ActiveRegion init(SwitchWorld world) throws IOException {
    world.register.prepare();
    Optional<ActiveRegion> there = world.register.read(world.stream);
    return there.isPresent() ? there.get() : world.begin(world.home, lease);
  }

  private static void status(SwitchWorld world, PrintStream out) throws IOException {
    ActiveRegion now = world.current();
    out.println(now);
    out.println("  lease of producers: " + now.lease());
    if (!now.note().isEmpty()) {
      out.println("  note: " + now.note());
    }
    out.println("  copy from home to away: " + age(world.toAway));
    out.println("  copy from away to home: " + age(world.toHome));
  }

  private static String age(CopyProgress copy) throws IOException {
    try {
      return copy.age()
          .map(time -> "last position " + time.toSeconds() + " s old")
          .orElse("no position kept");
    } catch (PositionsMissingException e) {
      return "no position kept: " + e.getMessage();
    }
  }
}
