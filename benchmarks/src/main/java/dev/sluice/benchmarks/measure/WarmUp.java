package dev.sluice.benchmarks.measure;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Looks when a contestant has done the elements that do not count. */
final class WarmUp implements AutoCloseable {
  private static final long PERIOD_MILLIS = 5;

  private final Contestant contestant;
  private final long elements;
  private final LongFunction<Mark> mark;
  private volatile Optional<Mark> end = Optional.empty();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "warm-up");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param elements at least; 0 counts from now on
   */
  WarmUp(Contestant contestant, long elements) {
    this(contestant, elements, Mark::now);
  }

  /**
   * @param mark makes a mark of the elements that are done
   */
  WarmUp(Contestant contestant, long elements, LongFunction<Mark> mark) {
    this.contestant = contestant;
    this.elements = elements;
    this.mark = mark;
    look();
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (end.isPresent()) {
      return;
    }
    long done = contestant.done();
    if (done >= elements) {
      end = Optional.of(mark.apply(done));
      timer.shutdown();
    }
  }

  /** The end, if it has come. */
  Optional<Mark> find() {
    return end;
  }

  Mark end() {
    return end.orElseThrow(
        () ->
            new IllegalStateException(
                "The work has ended before its warm-up of " + elements + " elements"));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
