package dev.sluice.replication.failover;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that passes, for steps that wait. */
interface Waiter {
  /** Waits by the clock of this machine. */
  Waiter REAL =
      new Waiter() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
          long end = System.nanoTime() + time.toNanos();
          for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
              throw new InterruptedException("Interrupted while a step waited");
            }
          }
        }
      };

  /** Nanoseconds since any one time; never goes back. */
  long nanos();

  /** Returns after this time, not before. */
  void pause(Duration time) throws InterruptedException;
}
