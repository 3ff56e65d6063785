package dev.sluice.replication.drill;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must come, with a limit. Stateless. */
final class Patience {
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

  private Patience() {}

  /** Whether something has come. */
  @FunctionalInterface
  interface Condition {
    boolean isMet() throws Exception;
  }

  /**
   * Returns when the condition is met.
   *
   * @param what is awaited, for people: "a record in the table"
   * @throws TimeoutException at the limit
   */
  static void until(String what, Duration limit, Condition condition) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() - end > 0) {
        throw new TimeoutException("Waited " + limit.toSeconds() + " s in vain: " + what);
      }
      pass(LOOK_NANOS);
    }
  }

  /** Lets time pass: for what takes some, such as writing for 8 seconds. */
  static void pass(Duration time) throws InterruptedException {
    pass(time.toNanos());
  }

  static void pass(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while the drill waited");
      }
    }
  }
}
