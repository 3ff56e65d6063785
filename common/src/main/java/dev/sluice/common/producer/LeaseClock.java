package dev.sluice.common.producer;

import java.util.function.LongSupplier;

/**
 * Milliseconds that only grow, and that do not leave out the time in which the whole machine stood
 * still: the steady clock of a virtual machine stands still with it, and a producer that woke up
 * would take a lease of yesterday for one of now. So where the clock on the wall has gone on by
 * much more, this one goes on by as much. A wall clock that is set ahead ends leases early, which
 * harms nobody; one that is set back changes nothing. Thread-safe.
 */
final class LeaseClock {
  /** Differences below come from reading one clock after the other. */
  private static final long TOLERATED_MILLIS = 1_000;

  private final LongSupplier steady;
  private final LongSupplier wall;
  private long lastSteady;
  private long lastWall;
  private long missed;

  /** Of two clocks in milliseconds, each from any start. */
  LeaseClock(LongSupplier steady, LongSupplier wall) {
    this.steady = steady;
    this.wall = wall;
    lastSteady = steady.getAsLong();
    lastWall = wall.getAsLong();
  }

  synchronized long now() {
    long nowSteady = steady.getAsLong();
    long nowWall = wall.getAsLong();
    long more = (nowWall - lastWall) - (nowSteady - lastSteady);
    if (more > TOLERATED_MILLIS) {
      missed += more;
    }
    lastSteady = nowSteady;
    lastWall = nowWall;
    return nowSteady + missed;
  }
}
