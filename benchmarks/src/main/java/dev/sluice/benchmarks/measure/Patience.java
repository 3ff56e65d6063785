package dev.sluice.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits as long as it takes, or as a schedule says. */
public final class Patience {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Patience() {}

  /**
   * Waits for a condition.
   *
   * @param what for the message
   * @throws IllegalStateException if the limit passes before
   */
  public static void until(String what, Duration limit, Callable<Boolean> met) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!met.call()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not in " + limit.toSeconds() + " s: " + what);
      }
      at(System.nanoTime() + PERIOD_NANOS);
    }
  }

  /** Waits for a time of {@link System#nanoTime}; returns at once if it has passed. */
  public static void at(long nanos) throws InterruptedException {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while it waited");
      }
    }
  }
}
