package dev.sluice.testing;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until the test moves it.
 *
 * <p>Serialised into an operator of a mini cluster it still shows the time of the test: the time
 * lives in a registry of the process, and the clock carries only its key. Thread-safe. Instants
 * from 1678 to 2262, to the nanosecond.
 */
public final class FakeClock extends Clock implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, AtomicLong> NANOS = new ConcurrentHashMap<>();
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final String id;
  private final ZoneId zone;

  private FakeClock(String id, ZoneId zone) {
    this.id = id;
    this.zone = zone;
  }

  /** A clock in UTC that shows the instant. */
  public static FakeClock at(Instant start) {
    FakeClock clock = new FakeClock(UUID.randomUUID().toString(), ZoneOffset.UTC);
    NANOS.put(clock.id, new AtomicLong(toNanos(start)));
    return clock;
  }

  /** Moves this clock, and all that were made from it, forward. */
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException(
          "Step of a clock must not be negative, but was '" + step + "'");
    }
    time().addAndGet(step.toNanos());
  }

  /** Sets the clock, backwards too: the wall clocks of real machines do that. */
  public void set(Instant instant) {
    time().set(toNanos(instant));
  }

  /** For code that takes {@code System::nanoTime}: nanoseconds, moved by the same steps. */
  public long nanoTime() {
    return time().get();
  }

  @Override
  public Instant instant() {
    long nanos = nanoTime();
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  @Override
  public long millis() {
    return instant().toEpochMilli();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new FakeClock(id, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FakeClock
        && ((FakeClock) other).id.equals(id)
        && ((FakeClock) other).zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "FakeClock[" + instant() + "," + zone + "]";
  }

  private AtomicLong time() {
    AtomicLong time = NANOS.get(id);
    if (time == null) {
      throw new IllegalStateException("Clock '" + id + "' belongs to another process");
    }
    return time;
  }

  private static long toNanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }
}
