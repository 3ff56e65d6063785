package dev.sluice.replication.failover;

import dev.sluice.replication.health.HealthMonitor;
import dev.sluice.replication.health.HealthVerdict;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches one Region in a thread of its own, so that one that hangs does not hold up the watching
 * of the other. Closes its monitor.
 */
final class RegionWatch implements AutoCloseable {
  private final String region;
  private final HealthMonitor monitor;
  private final Duration interval;
  private final Duration freshFor;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Judged latest;
  private volatile @Nullable Throwable failure;

  private RegionWatch(String region, HealthMonitor monitor, Duration interval, Duration freshFor) {
    this.region = region;
    this.monitor = monitor;
    this.interval = interval;
    this.freshFor = freshFor;
    this.thread = new Thread(this::watch, "watch " + region);
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param freshFor how long a verdict counts: an older one says nothing of now
   */
  static RegionWatch start(
      String region, HealthMonitor monitor, Duration interval, Duration freshFor) {
    RegionWatch watch = new RegionWatch(region, monitor, interval, freshFor);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!closed) {
        HealthVerdict verdict = monitor.round();
        latest = new Judged(verdict, System.nanoTime());
        Waiter.REAL.pause(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  String region() {
    return region;
  }

  /**
   * The last verdict; null before the first one, and when that is old because a round hangs.
   *
   * @throws IOException if nothing is watched any more
   */
  @Nullable HealthVerdict latest() throws IOException {
    Throwable ended = failure;
    if (ended != null) {
      throw new IOException("The watch of '" + region + "' has ended", ended);
    }
    Judged last = latest;
    boolean fresh = last != null && System.nanoTime() - last.at <= freshFor.toNanos();
    return last != null && fresh ? last.verdict : null;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true; // an interrupt alone may be lost in a client
    thread.interrupt();
    thread.join();
    monitor.close();
  }

  /** A verdict and when it was made. */
  private static final class Judged {
    private final HealthVerdict verdict;
    private final long at;

    private Judged(HealthVerdict verdict, long at) {
      this.verdict = verdict;
      this.at = at;
    }
  }
}
