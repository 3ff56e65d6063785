package dev.sluice.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Collects garbage now and then, and remembers the most that was left. */
final class LiveHeapWatch implements AutoCloseable {
  private static final long PERIOD_SECONDS = 3;

  private volatile long largest;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-heap-watch");
            thread.setDaemon(true);
            return thread;
          });

  void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  double largestMebibytes() {
    return largest / Math.pow(2, 20);
  }

  private void look() {
    ManagementFactory.getMemoryMXBean().gc();
    largest = Math.max(largest, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
