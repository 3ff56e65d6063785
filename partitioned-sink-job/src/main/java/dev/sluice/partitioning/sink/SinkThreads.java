package dev.sluice.partitioning.sink;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that wait for storage most of the time; daemons that end with the task. */
final class SinkThreads {
  private static final Logger LOG = LoggerFactory.getLogger(SinkThreads.class);
  private static final long IDLE_SECONDS = 30;
  private static final long END_SECONDS = 10;

  private SinkThreads() {}

  /** So many threads at most, which end when there is nothing to do. */
  static ExecutorService start(String name, int most) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name + " " + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Interrupts what runs, forgets what does not yet, and waits a while for the threads to end. */
  static void shutDown(ExecutorService threads) {
    int forgotten = threads.shutdownNow().size();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Threads of the sink still run after {} s, {} waited", END_SECONDS, forgotten);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
