package dev.sluice.replication.failover;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.replication.PositionCut;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the replicator out of home has done its work before a failback. Stateless. */
final class CopyOut {
  private CopyOut() {}

  /**
   * It has stopped, and nothing that producers wrote lies at home beyond it.
   *
   * @param seen the record of the epoch in which the writing is away
   * @param said whether somebody says so
   */
  static String requireEnded(SwitchWorld world, ActiveRegion seen, boolean said)
      throws IOException, InterruptedException {
    Optional<PositionCut> newest = world.toAway.newest();
    Optional<Duration> age = world.toAway.age();
    if (age.isPresent() && age.get().compareTo(world.limits.stopped) < 0) {
      throw new UnmetException(
          "The copy out of '"
              + world.home
              + "' seems to run, its last position is "
              + age.get().toSeconds()
              + " s old: stop it when it is at its end");
    }
    if (said) {
      return "'--failback.copy-out-ended=true' says so";
    }
    Instant since =
        SwitchNote.of(seen)
            .since
            .orElseThrow(
                () ->
                    new UnmetException(
                        "The register does not say since when '"
                            + world.away
                            + "' is written: say '--failback.copy-out-ended=true' if all of '"
                            + world.home
                            + "' was copied"));
    Instant until = since.plus(seen.lease()).plus(world.limits.request).plus(world.limits.skew);
    Optional<String> left = Leftovers.find(world.home, newest.orElse(null), until);
    if (left.isPresent()) {
      throw new UnmetException(
          "In '"
              + world.home
              + "' is "
              + left.get()
              + ", which no position says is copied: let the copy"
              + " out of it come to its end, or say '--failback.copy-out-ended=true'");
    }
    return "no producer's record lies beyond its last position, which stands still";
  }
}
