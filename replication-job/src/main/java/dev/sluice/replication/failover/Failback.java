package dev.sluice.replication.failover;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the writing of a stream home, with all that was written away, and nobody's record lost.
 *
 * <p><b>The order, and why.</b>
 *
 * <ol>
 *   <li>Home is in order.
 *   <li>The copy out of home has ended: nothing that producers wrote there lies beyond its
 *       positions, so what was left at home in the outage is away, too; and it has stopped, because
 *       two replicators in opposite directions would send every record round and round.
 *   <li>The copy back runs and is near its end, so that producers will be held for seconds.
 *   <li>The fence: the next epoch says that producers send nowhere and keep what they have.
 *   <li>The lease of the epoch before passes, and the time of a request: after that nothing that a
 *       producer believes in is still on its way to the Region that is left.
 *   <li>The drain: markers in that Region now lie behind everything. When the copy back is beyond
 *       them, all of it is at home. Before the fence this could never be said, because producers
 *       add to it; and after the switch it would be too late, because records of one key would come
 *       home behind younger ones.
 *   <li>Markers at home, for the time from which records will exist there alone: from there the
 *       copy out of home is begun anew. Before the switch, as in a failover.
 *   <li>The switch: the next epoch says home, and producers send what they have kept.
 *   <li>Home takes records.
 * </ol>
 *
 * <p><b>Cut off anywhere and run again</b> it ends the same: fence and switch are conditional
 * writes of epochs that the register itself remembers, and everything between them is done again
 * from the fence on. When a step between fails, for whatever reason, the fence is lifted, so that
 * nobody waits for a failback that does not come; a controller that was killed there leaves the
 * fence until one is run again.
 */
final class Failback {
  static final String OPERATION = "failback";
  private static final Logger LOG = LoggerFactory.getLogger(Failback.class);

  private final SwitchWorld world;
  private final Site from;
  private final Site home;
  private final boolean copyOutEnded;
  private ActiveRegion seen;
  private @Nullable Instant homeCopyFrom;

  private Failback(SwitchWorld world, boolean copyOutEnded, ActiveRegion seen) {
    this.copyOutEnded = copyOutEnded;
    this.world = world;
    this.home = world.home;
    this.from = world.away;
    this.seen = seen;
  }

  /**
   * Takes the steps; lifts the fence if one of them cannot be taken.
   *
   * @param copyOutEnded whether somebody says that the copy out of home has ended
   */
  static void run(SwitchWorld world, boolean copyOutEnded, PrintStream out)
      throws IOException, InterruptedException {
    Failback failback = new Failback(world, copyOutEnded, world.current());
    try {
      new Steps(out).run(failback.steps());
    } catch (IOException | RuntimeException e) {
      failback.liftFence(out, e);
      throw e;
    }
  }

  /** Tells the steps; whether they can begin. */
  static boolean plan(SwitchWorld world, boolean copyOutEnded, PrintStream out)
      throws IOException, InterruptedException {
    return new Steps(out).plan(new Failback(world, copyOutEnded, world.current()).steps());
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>(upToTheFence());
    steps.addAll(behindTheFence());
    return steps;
  }

  private List<Step> upToTheFence() {
    return List.of(
        Step.of(
                "home in order",
                "'" + home + "' stores " + world.limits.canaries + " canaries and gives them back",
                () -> world.requireGood(home))
            .doneIf(this::isHome),
        Step.of(
                "copy out of home ended",
                "its positions stand still, and nothing that producers wrote lies at home beyond them",
                () -> CopyOut.requireEnded(world, seen, copyOutEnded))
            .doneIf(() -> isHome() || isFenced()),
        Step.of(
                "copy back near its end",
                "its positions move",
                () -> CopyBack.requireRunning(world, seen))
            .does(
                "puts markers into '"
                    + from
                    + "' until positions are beyond them within "
                    + world.limits.copy.near,
                () -> CopyBack.catchUp(world))
            .doneIf(() -> isHome() || isFenced()),
        Step.of("fence", "the register says '" + from + "'", this::requireFrom)
            .does("lets producers keep their records, with the next epoch", this::fence)
            .doneIf(() -> isHome() || isFenced()));
  }

  private List<Step> behindTheFence() {
    return List.of(
        Step.of("lease over", "the fence is up", this::requireFenced)
            .does("waits for the lease and a request", this::waitForLease)
            .checkedLater()
            .doneIf(this::isHome),
        Step.of("drain", "the fence is up", this::requireFenced)
            .does(
                "puts markers into '" + from + "', and waits until positions are beyond them",
                () -> CopyBack.drain(world))
            .checkedLater()
            .doneIf(this::isHome),
        Step.of("mark home", "the fence is up", this::requireFenced)
            .does("puts a record into each shard at home, for its time", this::markHome)
            .checkedLater()
            .doneIf(this::isHome),
        Step.of("switch", "the fence is up, of the same epoch", this::requireFenced)
            .does("makes '" + home + "' active with the next epoch", this::change)
            .checkedLater()
            .doneIf(this::isHome),
        Step.of("home at work", "the register says '" + home + "'", this::verify).checkedLater());
  }

  private boolean isHome() throws IOException {
    ActiveRegion now = world.current();
    return now.state() == RegionState.ACTIVE && now.region().equals(home.region);
  }

  private boolean isFenced() throws IOException {
    return isFence(world.current());
  }

  private boolean isFence(ActiveRegion record) {
    return record.state() == RegionState.SWITCHING
        && record.region().equals(from.region)
        && SwitchNote.of(record).operation.equals(OPERATION);
  }

  private String requireFrom() throws IOException {
    ActiveRegion now = world.current();
    boolean active = now.state() == RegionState.ACTIVE && now.region().equals(from.region);
    // Of another epoch nothing is known: the steps before this one have looked at that one.
    if (!active || now.epoch() != seen.epoch()) {
      throw new UnmetException("The register says something else: " + now);
    }
    return now.toString();
  }

  private String requireFenced() throws IOException {
    ActiveRegion now = world.current();
    if (!isFence(now) || (isFence(seen) && now.epoch() != seen.epoch())) {
      throw new UnmetException("The fence is not up any more: " + now);
    }
    seen = now;
    return now.toString();
  }

  private String fence() throws IOException {
    SwitchNote note = SwitchNote.of(seen).by(OPERATION);
    seen = world.change(seen, from, RegionState.SWITCHING, note);
    return seen.toString();
  }

  private String waitForLease() throws InterruptedException {
    Duration time = seen.lease().plus(world.limits.request);
    world.waiter.pause(time);
    return "waited " + time.toMillis() + " ms";
  }

  private String markHome() throws IOException, InterruptedException {
    Markers markers = Markers.put(home, world.waiter);
    homeCopyFrom = markers.copyFrom();
    return markers + ", copy out again from " + homeCopyFrom;
  }

  private String change() throws IOException {
    SwitchNote note = new SwitchNote(OPERATION, homeCopyFrom, world.now());
    return world.change(seen, home, RegionState.ACTIVE, note).toString();
  }

  private String verify() throws IOException, InterruptedException {
    ActiveRegion now = world.current();
    if (!isHome()) {
      throw new UnmetException("The register says something else by now: " + now);
    }
    String next =
        SwitchNote.of(now)
            .copyFrom
            .map(time -> "; now stop the copy back, and then copy out of home from " + time)
            .orElse("");
    return now + "; " + world.requireGood(home) + next;
  }

  /** Gives the Region that was to be left back to its producers. */
  private void liftFence(PrintStream out, Exception reason) {
    try {
      ActiveRegion now = world.current();
      if (isFence(now) && now.epoch() == (isFence(seen) ? seen.epoch() : seen.epoch() + 1)) {
        SwitchNote note = SwitchNote.of(now).by("failback given up");
        out.println("    fence lifted: " + world.change(now, from, RegionState.ACTIVE, note));
      }
    } catch (UnmetException e) {
      LOG.info("Another controller has gone on while this one gave up", e);
      reason.addSuppressed(e);
    } catch (IOException e) {
      out.println("    the fence may be up: run this again, or go back with 'failover run'");
      reason.addSuppressed(e);
    }
  }
}
