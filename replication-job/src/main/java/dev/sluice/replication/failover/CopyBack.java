package dev.sluice.replication.failover;

import dev.sluice.common.region.ActiveRegion;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The replicator that brings home what was written away. Stateless. */
final class CopyBack {
  private CopyBack() {}

  /**
   * It keeps positions.
   *
   * @param seen the record of the epoch in which the writing is away
   */
  static String requireRunning(SwitchWorld world, ActiveRegion seen) throws IOException {
    Optional<Duration> age = world.toHome.age();
    if (age.isEmpty() || age.get().compareTo(world.limits.stopped) >= 0) {
      throw new UnmetException(
          "The copy from '"
              + world.away
              + "' to '"
              + world.home
              + "' keeps no positions: start one"
              + SwitchNote.of(seen)
                  .copyFrom
                  .map(
                      time ->
                          " with '--kinesis.initial-position=at-timestamp"
                              + " --kinesis.initial-timestamp="
                              + time
                              + "'")
                  .orElse(" from where the writing in '" + world.away + "' began"));
    }
    return "its last position is " + age.get().toSeconds() + " s old";
  }

  /** Puts markers until one set of them is passed soon. */
  static String catchUp(SwitchWorld world) throws IOException, InterruptedException {
    long end = world.waiter.nanos() + world.limits.copy.catchUp.toNanos();
    while (true) {
      long start = world.waiter.nanos();
      Markers markers = Markers.put(world.away, world.waiter);
      Duration left = Duration.ofNanos(Math.max(0, end - start));
      if (!world.toHome.awaitPassed(markers, left, world.limits.copy.look)) {
        throw new UnmetException(
            "The copy back did not come near its end within " + world.limits.copy.catchUp);
      }
      Duration taken = Duration.ofNanos(world.waiter.nanos() - start);
      if (taken.compareTo(world.limits.copy.near) <= 0) {
        return "it was beyond " + markers + " after " + taken.toMillis() + " ms";
      }
    }
  }

  /** Waits until all that lies there now is at home. */
  static String drain(SwitchWorld world) throws IOException, InterruptedException {
    Markers markers = Markers.put(world.away, world.waiter);
    if (!world.toHome.awaitPassed(markers, world.limits.copy.drain, world.limits.copy.look)) {
      throw new UnmetException(
          "The copy back was not beyond " + markers + " within " + world.limits.copy.drain);
    }
    return "it is beyond " + markers;
  }
}
