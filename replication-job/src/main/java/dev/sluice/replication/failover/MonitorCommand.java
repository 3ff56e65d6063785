package dev.sluice.replication.failover;

import static dev.sluice.replication.failover.MonitorOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.region.ActiveRegion;
import dev.sluice.replication.health.HealthMonitor;
import dev.sluice.replication.health.HealthRules;
import dev.sluice.replication.health.HealthState;
import dev.sluice.replication.health.HealthVerdict;
import dev.sluice.replication.health.ProducerReports;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code monitor}: watches the streams of both Regions, prints when a state changes,
 * and fails over if it is told to. It belongs where neither Region's loss takes it along; the
 * Region away is the next best place.
 *
 * <p>It fails over when the Region that the register calls active is unhealthy <em>and</em> the
 * other one is healthy: a monitor that is itself cut off sees two Regions that fail, and leaves all
 * as it is. It never fails back.
 */
public final class MonitorCommand {
  /** So many canaries must fit into a window, even if each takes as long as it may. */
  private static final int ROUNDS_IN_WINDOW = 5;

  private final SwitchSettings settings;
  private final HealthRules rules;
  private final Duration interval;
  private final Duration freshFor;
  private final boolean failover;
  private final @Nullable Duration runFor;
  private final Map<String, String> printed = new HashMap<>();

  /** Rules between options: those of {@link SwitchSettings}, and a window that holds canaries. */
  public MonitorCommand(JobArguments arguments) {
    settings = new SwitchSettings(arguments);
    Duration window = arguments.get(WINDOW);
    Duration lasting = arguments.find(LASTING).orElse(window.dividedBy(2));
    interval = arguments.get(INTERVAL);
    Duration round = interval.plus(arguments.get(SwitchOptions.PROBE).multipliedBy(2));
    arguments.check(
        problems ->
            problems
                .require(
                    window.compareTo(round.multipliedBy(ROUNDS_IN_WINDOW)) >= 0,
                    WINDOW,
                    "must hold 5 canaries with two probe timeouts and an interval each",
                    SwitchOptions.PROBE)
                .require(
                    lasting.compareTo(window) < 0, LASTING, "must be shorter than the window"));
    rules =
        new HealthRules(
            window,
            arguments.get(ERROR_RATE),
            lasting,
            arguments.get(NO_DATA_AFTER),
            arguments.get(RECOVERY),
            arguments.get(MARGIN));
    freshFor = arguments.get(NO_DATA_AFTER).plus(round.multipliedBy(2));
    failover = arguments.get(FAILOVER);
    runFor = arguments.find(RUN_FOR).orElse(null);
  }

  /** Watches until its time is over, or until the process is ended. */
  public void run(PrintStream out) throws IOException, InterruptedException {
    run(out, (region, verdict) -> {});
  }

  /**
   * The same for a program that wants to know.
   *
   * @param listener is given each verdict, several times too
   */
  public void run(PrintStream out, BiConsumer<String, HealthVerdict> listener)
      throws IOException, InterruptedException {
    try (SwitchWorld world = settings.open("monitor");
        RegionWatch home = watch(world.home);
        RegionWatch away = watch(world.away)) {
      long start = world.waiter.nanos();
      while (runFor == null || world.waiter.nanos() - start < runFor.toNanos()) {
        world.waiter.pause(interval);
        look(world, List.of(home, away), listener, out);
      }
    }
  }

  private RegionWatch watch(Site site) {
    return RegionWatch.start(
        site.region,
        new HealthMonitor(site.probe(), rules, ProducerReports.NONE, Clock.systemUTC()),
        interval,
        freshFor);
  }

  private void look(
      SwitchWorld world,
      List<RegionWatch> watches,
      BiConsumer<String, HealthVerdict> listener,
      PrintStream out)
      throws IOException, InterruptedException {
    List<@Nullable HealthVerdict> verdicts = new ArrayList<>();
    for (RegionWatch watch : watches) {
      HealthVerdict verdict = watch.latest();
      verdicts.add(verdict);
      if (verdict != null) {
        listener.accept(watch.region(), verdict);
        print(watch.region(), verdict.state().name(), watch.region() + " is " + verdict, out);
      }
    }
    ActiveRegion now;
    try {
      now = world.current();
    } catch (IOException e) {
      print("register", e.getMessage(), "The register cannot be read: " + e.getMessage(), out);
      return;
    }
    print("register", now.toString(), "The register is at " + now, out);
    boolean atHome = now.region().equals(world.home.region);
    HealthVerdict active = verdicts.get(atHome ? 0 : 1);
    HealthVerdict other = verdicts.get(atHome ? 1 : 0);
    // Fresh when the register is read, too: a process that stands still in between finds out here.
    boolean fresh = watches.get(atHome ? 0 : 1).latest() != null;
    if (failover && fresh && warrants(active, other)) {
      Site target = atHome ? world.away : world.home;
      failOver(Failover.steps(world, target, String.valueOf(active), now), out);
    }
  }

  /** Whether to leave the active Region for the other one. */
  static boolean warrants(@Nullable HealthVerdict active, @Nullable HealthVerdict other) {
    return active != null
        && other != null
        && active.state() == HealthState.UNHEALTHY
        && other.state() == HealthState.HEALTHY;
  }

  private void failOver(List<Step> steps, PrintStream out) throws InterruptedException {
    try {
      new Steps(out).run(steps);
    } catch (IOException e) {
      // It is tried again as long as there is reason to.
      print("failover", e.getMessage(), "The failover was not made: " + e.getMessage(), out);
    }
  }

  /** Each state once, however often it is seen. */
  private void print(String what, @Nullable String state, String words, PrintStream out) {
    String now = String.valueOf(state);
    if (!now.equals(printed.put(what, now))) {
      out.println(words);
    }
  }
}
