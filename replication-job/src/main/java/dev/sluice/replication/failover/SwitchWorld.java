package dev.sluice.replication.failover;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.region.RegionState;
import dev.sluice.common.region.StaleEpochException;
import dev.sluice.common.sink.kinesis.StreamProbe;
import dev.sluice.replication.PositionStore;
import dev.sluice.replication.health.CanaryCheck;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the steps of a switch look at and change. Not thread-safe. */
final class SwitchWorld implements AutoCloseable {
  final RegionRegister register;
  final String stream;
  final Site home;
  final Site away;
  final CopyProgress toAway;
  final CopyProgress toHome;
  final SwitchLimits limits;
  final Waiter waiter;
  private final Clock clock;
  private final String by;

  /**
   * A world.
   *
   * @param register where it stands, with the stream's name there
   * @param home where the stream is written in good days
   * @param away the other Region
   * @param copies the replicators' positions
   * @param time clock and waiting
   * @param by who switches, for people
   */
  SwitchWorld(Entry register, Site home, Site away, Copies copies, Time time, String by) {
    this.register = register.register;
    this.stream = register.stream;
    this.home = home;
    this.away = away;
    this.limits = time.limits;
    this.waiter = time.waiter;
    this.clock = time.clock;
    this.by = by;
    this.toAway = new CopyProgress(copies.toAway, clock, waiter);
    this.toHome = new CopyProgress(copies.toHome, clock, waiter);
  }

  /** Of the two Regions that which is not this one. */
  Site other(Site site) {
    return site == home ? away : home;
  }

  /** What is in force now. */
  ActiveRegion current() throws IOException {
    return register
        .read(stream)
        .orElseThrow(
            () ->
                new UnmetException(
                    "The register knows no stream '" + stream + "': run 'failover init' first"));
  }

  /**
   * Begins the next epoch, or finds that another controller has begun the same one.
   *
   * @throws UnmetException if the register says something else by now
   */
  ActiveRegion change(ActiveRegion seen, Site site, RegionState state, SwitchNote note)
      throws IOException {
    RegionChange change =
        RegionChange.to(stream, site.region, state, by, clock.instant())
            .lease(seen.lease())
            .note(note.text());
    try {
      return register.change(seen.epoch(), change);
    } catch (StaleEpochException e) {
      Optional<ActiveRegion> now = e.current();
      boolean same =
          now.filter(r -> r.region().equals(site.region) && r.state() == state)
              .filter(r -> r.epoch() == seen.epoch() + 1)
              .isPresent();
      if (same) {
        return now.get();
      }
      throw new UnmetException("Another switch came before this one: " + e.getMessage(), e);
    }
  }

  /** The first epoch. */
  ActiveRegion begin(Site site, Duration lease) throws IOException {
    return register.change(
        0,
        RegionChange.to(stream, site.region, RegionState.ACTIVE, by, clock.instant())
            .lease(lease)
            .note(new SwitchNote("init", null, clock.instant()).text()));
  }

  Instant now() {
    return clock.instant();
  }

  CanaryCheck canaries(Site site) throws InterruptedException {
    try (StreamProbe probe = site.probe()) {
      return CanaryCheck.of(probe, limits.canaries);
    }
  }

  /** For steps that need a stream in order. */
  String requireGood(Site site) throws UnmetException, InterruptedException {
    CanaryCheck check = canaries(site);
    if (!check.isGood()) {
      throw new UnmetException("The stream of '" + site + "' is not in order: " + check);
    }
    return check.toString();
  }

  @Override
  public void close() throws IOException {
    register.close();
  }

  /** A stream's entry of the register. */
  static final class Entry {
    private final RegionRegister register;
    private final String stream;

    Entry(RegionRegister register, String stream) {
      this.register = register;
      this.stream = stream;
    }
  }

  /** Where the replicators of both directions keep their positions. */
  static final class Copies {
    private final PositionStore.Factory toAway;
    private final PositionStore.Factory toHome;

    Copies(PositionStore.Factory toAway, PositionStore.Factory toHome) {
      this.toAway = toAway;
      this.toHome = toHome;
    }
  }

  /** Clocks and limits. */
  static final class Time {
    private final Clock clock;
    private final Waiter waiter;
    private final SwitchLimits limits;

    Time(Clock clock, Waiter waiter, SwitchLimits limits) {
      this.clock = clock;
      this.waiter = waiter;
      this.limits = limits;
    }
  }
}
