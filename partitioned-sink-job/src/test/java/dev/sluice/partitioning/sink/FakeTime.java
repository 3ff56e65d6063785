package dev.sluice.partitioning.sink;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Processing time that the test moves; timers run in the thread that moves it. */
final class FakeTime implements ProcessingTimeService {
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
  private final AtomicLong now = new AtomicLong(1_000_000);

  @Override
  public long getCurrentProcessingTime() {
    return now.get();
  }

  @Override
  public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
    Timer timer = new Timer(timestamp, target);
    timers.add(timer);
    return timer;
  }

  /** Moves time and runs what is due on the way, each at its time. */
  void advance(long millis) throws Exception {
    long end = now.get() + millis;
    while (!timers.isEmpty() && timers.peek().at <= end) {
      Timer timer = timers.remove();
      if (!timer.isCancelled()) {
        now.set(Math.max(now.get(), timer.at));
        timer.target.onProcessingTime(timer.at);
      }
    }
    now.set(end);
  }

  /** Moves time without running a timer, as while the task is busy. Any thread. */
  void jump(long millis) {
    now.addAndGet(millis);
  }

  private static final class Timer extends CompletableFuture<Void>
      implements ScheduledFuture<Void> {
    private final long at;
    private final ProcessingTimeCallback target;

    Timer(long at, ProcessingTimeCallback target) {
      this.at = at;
      this.target = target;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}
