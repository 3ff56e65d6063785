package dev.sluice.replication.failover;

import dev.sluice.replication.PositionCut;
import dev.sluice.replication.PositionStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a replicator is, by the positions that it keeps: a position that is kept says that all
 * before it is in the target.
 */
final class CopyProgress {
  /** So many lines tell a new one even if the clock that dates it has gone back by an hour. */
  private static final int WATCHED = 400;

  /** Steps between lines that tell how far lines are apart. */
  private static final int STEPS = 5;

  /** Lines that are further apart are so after downtime, and not by the interval of checkpoints. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

  private static final int LOOKS = 10;

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

  /**
   * Watches for as long as is given, and for twice the usual time between two positions if that is
   * longer, by the time that passes here: no clock is compared with another one.
   *
   * @return how long it watched; empty if another position was kept meanwhile
   */
  Optional<Duration> standsStill(Duration least) throws IOException, InterruptedException {
    long start = waiter.nanos();
    List<PositionCut> before = lines();
    Duration step = usualStep(before).multipliedBy(2);
    Duration time = step.compareTo(least) > 0 ? step : least;
    LOG.info("Watches for {} whether positions stand still", time);
    long left = time.toNanos();
    while (left > 0) {
      waiter.pause(Duration.ofNanos(Math.min(left, time.toNanos() / LOOKS + 1)));
      if (!names(lines()).equals(names(before))) {
        return Optional.empty();
      }
      left = time.toNanos() - (waiter.nanos() - start);
    }
    return Optional.of(Duration.ofNanos(waiter.nanos() - start));
  }

  private List<PositionCut> lines() throws IOException {
    List<PositionCut> lines = new ArrayList<>();
    try (PositionStore store = positions.open()) {
      Iterator<PositionCut> cuts = store.newestFirst();
      while (lines.size() < WATCHED && cuts.hasNext()) {
        lines.add(cuts.next());
      }
    }
    return lines;
  }

  private static List<String> names(List<PositionCut> lines) {
    return lines.stream()
        .map(cut -> cut.time() + "-" + cut.checkpoint())
        .collect(Collectors.toList());
  }

  /** Between two lines, both dated by the replicator: the median of the last few. */
  private static Duration usualStep(List<PositionCut> lines) {
    List<Long> steps = new ArrayList<>();
    for (int i = 1; i < lines.size() && i <= STEPS; i++) {
      steps.add(lines.get(i - 1).time() - lines.get(i).time());
    }
    Collections.sort(steps);
    long usual = steps.isEmpty() ? 0 : steps.get(steps.size() / 2);
    return Duration.ofMillis(Math.min(usual, LONGEST_STEP.toMillis()));
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
