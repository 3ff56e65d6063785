package dev.sluice.common.producer;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.RegionRegister;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the register again and again, in a thread of its own: it may be slow. */
final class FollowRegister implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowRegister.class);

  /** Reads within a lease, so that one that fails does not cost it. */
  private static final int READS_PER_LEASE = 3;

  /** Between two looks, whoever asks for them. */
  private static final long LEAST_MILLIS = 100;

  private final RegionRegister register;
  private final ProducerSettings settings;
  private final Loop loop;
  private final Heard heard;
  private final Semaphore asked = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private volatile long interval;
  private boolean failing;
  private boolean absent;

  FollowRegister(RegionRegister register, ProducerSettings settings, Loop loop, Heard heard) {
    this.register = register;
    this.settings = settings;
    this.loop = loop;
    this.heard = heard;
    this.interval = settings.refreshInterval.toMillis();
    this.thread = new Thread(this::follow, "sluice-producer-register-" + settings.name);
    thread.setDaemon(true);
  }

  /** Hears what the register says, and when the reading of it began; not on the loop's thread. */
  @FunctionalInterface
  interface Heard {
    void heard(ActiveRegion region, long since);
  }

  /** Reads once, in the thread of the caller. */
  void read() {
    long since = loop.now();
    try {
      Optional<ActiveRegion> found = register.read(settings.stream);
      interval = settings.refreshInterval.toMillis();
      if (found.isEmpty() && !absent) {
        LOG.warn(
            "Register has no stream '{}': records are kept until 'failover init' enters it",
            settings.stream);
      }
      absent = found.isEmpty();
      if (found.isPresent()) {
        interval = Math.min(interval, found.get().lease().toMillis() / READS_PER_LEASE);
        heard.heard(found.get(), since);
      }
      if (failing) {
        LOG.info("Register answers again");
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      // Whatever it is: a thread that ended here would never hear of another Region.
      if (!failing && !closed) {
        LOG.warn("Register does not answer: records are kept once the lease has run out", e);
      }
      failing = true;
    }
  }

  void start() {
    thread.start();
  }

  /** Reads at once, or soon. */
  void look() {
    asked.release();
  }

  private void follow() {
    try {
      while (!closed) {
        boolean byRequest = asked.tryAcquire(interval, TimeUnit.MILLISECONDS);
        asked.drainPermits();
        long began = loop.now();
        read();
        long rest = byRequest ? LEAST_MILLIS - (loop.now() - began) : 0;
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(rest));
      }
    } catch (InterruptedException e) {
      LOG.debug("Register is followed no more", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
