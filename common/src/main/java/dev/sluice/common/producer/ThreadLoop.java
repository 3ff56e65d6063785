package dev.sluice.common.producer;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of the process, and its clock that no setting of the time moves. */
final class ThreadLoop implements Loop {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);

  private final LeaseClock clock =
      new LeaseClock(
          () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System::currentTimeMillis);
  private final ScheduledExecutorService executor;
  private final Consumer<Throwable> onFailure;
  private volatile boolean stopped;
  private volatile long thread;

  ThreadLoop(String name, Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              thread = made.getId();
              return made;
            });
  }

  @Override
  public long now() {
    return clock.now();
  }

  @Override
  public void run(Runnable action) {
    try {
      executor.execute(guarded(action));
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopped: nobody waits for this any more", e);
    }
  }

  @Override
  public void at(long millis, Runnable action) {
    try {
      long wait = Math.max(0, millis - now());
      var unused = executor.schedule(guarded(action), wait, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopped: nobody waits for this any more", e);
    }
  }

  private Runnable guarded(Runnable action) {
    return () -> {
      if (!stopped) {
        try {
          action.run();
        } catch (RuntimeException | Error e) {
          LOG.error("The producer has failed", e);
          stopped = true;
          onFailure.accept(e);
        }
      }
    };
  }

  boolean isOwnThread() {
    return Thread.currentThread().getId() == thread;
  }

  void stop() {
    executor.shutdownNow();
  }
}
