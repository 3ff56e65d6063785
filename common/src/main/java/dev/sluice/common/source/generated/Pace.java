package dev.sluice.common.source.generated;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says when the next record is due at a rate. What was not taken in time is saved up, for one
 * second at most.
 *
 * <p>Not thread-safe.
 */
final class Pace {
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoClock;
  private double perSecond;
  private double saved;
  private long last;

  /**
   * @param nanoClock as {@link System#nanoTime}
   * @param perSecond as in {@link #set}
   */
  Pace(LongSupplier nanoClock, double perSecond) {
    this.nanoClock = nanoClock;
    this.perSecond = perSecond;
    this.last = nanoClock.getAsLong();
  }

  /**
   * From now on.
   *
   * @param rate in records per second, 0 or more; infinite for no limit
   */
  void set(double rate) {
    gather();
    perSecond = rate;
    saved = Math.min(saved, Math.max(1, rate));
  }

  /** Whether a record may go out now; it is then counted. */
  boolean take() {
    if (perSecond == Double.POSITIVE_INFINITY) {
      return true;
    }
    if (saved < 1) {
      gather();
    }
    if (saved < 1) {
      return false;
    }
    saved--;
    return true;
  }

  /** How long to wait before asking again: 0 if a record is due. One second at most. */
  long nanosToNext() {
    if (perSecond == Double.POSITIVE_INFINITY || saved >= 1) {
      return 0;
    }
    gather();
    return saved >= 1 ? 0 : (long) Math.min(NANOS, Math.ceil((1 - saved) / perSecond * NANOS));
  }

  private void gather() {
    long now = nanoClock.getAsLong();
    if (perSecond != Double.POSITIVE_INFINITY) {
      saved += perSecond * ((now - last) / NANOS);
      saved = Math.min(saved, Math.max(1, perSecond));
    }
    last = now;
  }
}
