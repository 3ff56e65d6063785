package dev.sluice.benchmarks.measure;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Looks how much of the heap is in use after each collection, and remembers the most. */
final class LiveHeapWatch implements AutoCloseable {
  private static final long PERIOD_SECONDS = 3;

  private final AtomicLong largest = new AtomicLong();
  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(pool -> pool.getName())
          .collect(Collectors.toSet());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-heap-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param collects whether to collect all garbage now and then, and to look at that only
   */
  void start(boolean collects) {
    if (collects) {
      var unused =
          timer.scheduleWithFixedDelay(
              this::collect, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    } else {
      for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
        ((NotificationEmitter) collector)
            .addNotificationListener((event, handback) -> collected(event), null, null);
      }
    }
  }

  double largestMebibytes() {
    return largest.get() / Math.pow(2, 20);
  }

  private void collect() {
    ManagementFactory.getMemoryMXBean().gc();
    note(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private void collected(Notification event) {
    Map<String, MemoryUsage> after =
        GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData())
            .getGcInfo()
            .getMemoryUsageAfterGc();
    note(
        after.entrySet().stream()
            .filter(pool -> heapPools.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue().getUsed())
            .sum());
  }

  private void note(long bytes) {
    largest.accumulateAndGet(bytes, Math::max);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
