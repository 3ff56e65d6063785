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
   * It has stopped, which is watched and not concluded from clocks, and nothing that producers
   * wrote lies at home beyond it.
   *
   * @param seen the record of the epoch in which the writing is away
   * @param said whether somebody says so
   */
  static String requireEnded(SwitchWorld world, ActiveRegion seen, boolean said)
      throws IOException, InterruptedException {
    Duration watched =
        world.toAway.standsStill(world.limits.stopped).orElseThrow(() -> runs(world.home));
    String still = "its positions stood still for " + watched.toSeconds() + " s";
    Optional<PositionCut> newest = world.toAway.newest();
    if (said) {
      return still + ", and '--failback.copy-out-ended=true' says the rest";
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
    return still + ", and no producer's record lies beyond the last one";
  }

  private static UnmetException runs(Site home) {
    return new UnmetException(
        "The copy out of '"
            + home
            + "' runs, it has just kept another position: stop it when it is at its end");
  }
}
