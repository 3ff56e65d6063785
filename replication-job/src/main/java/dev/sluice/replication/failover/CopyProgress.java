package dev.sluice.replication.failover;

import dev.sluice.replication.PositionCut;
import dev.sluice.replication.PositionStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a replicator is, by the positions that it keeps: a position that is kept says that all
 * before it is in the target.
 */
final class CopyProgress {
  private static final Logger LOG = LoggerFactory.getLogger(CopyProgress.class);

  private final PositionStore.Factory positions;
  private final Clock clock;
  private final Waiter waiter;

  /**
   * The progress of one replicator.
   *
   * @param clock to tell positions of today from those of last week, and for no more
   */
  CopyProgress(PositionStore.Factory positions, Clock clock, Waiter waiter) {
    this.positions = positions;
    this.clock = clock;
    this.waiter = waiter;
  }

  /** The newest position; empty if there is none. */
  Optional<PositionCut> newest() throws IOException {
    try (PositionStore store = positions.open()) {
      Iterator<PositionCut> cuts = store.newestFirst();
      return cuts.hasNext() ? Optional.of(cuts.next()) : Optional.empty();
    }
  }

  /** Empty if nothing was ever kept. */
  Optional<Duration> age() throws IOException {
    return newest().map(cut -> Duration.ofMillis(clock.millis() - cut.time()));
  }

  boolean hasPassed(Markers markers) throws IOException {
    return newest().filter(cut -> markers.arePassedBy(cut.source())).isPresent();
  }

  /**
   * Waits until it has passed the markers; false if that takes longer than the limit. A look at
   * positions that fails is made again.
   */
  boolean awaitPassed(Markers markers, Duration limit, Duration look)
      throws IOException, InterruptedException {
    long end = waiter.nanos() + limit.toNanos();
    while (true) {
      IOException failure = null;
      try {
        if (hasPassed(markers)) {
          return true;
        }
      } catch (IOException e) {
        LOG.warn("Cannot look at positions", e);
        failure = e;
      }
      if (waiter.nanos() > end) {
        if (failure != null) {
          throw failure;
        }
        return false;
      }
      waiter.pause(look);
    }
  }
}
