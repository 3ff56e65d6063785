package dev.sluice.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a condition, with a limit: the only place in which a test may park a thread.
 *
 * <p>The condition is asked again every 20 ms. A condition that throws an {@link AssertionError} or
 * an {@link IOException} is not met yet, and the last one is the cause of the failure at the limit;
 * anything else that it throws ends the wait at once, so that a job which failed is not awaited to
 * the end. Thread-safe.
 */
public final class Await {
  private static final Logger LOG = LoggerFactory.getLogger(Await.class);
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final long LOUD_AFTER_NANOS = Duration.ofSeconds(5).toNanos();

  private Await() {}

  /** A question whose answer becomes true. */
  @FunctionalInterface
  public interface Condition {
    boolean isMet() throws Exception;
  }

  /**
   * Returns when the condition is met.
   *
   * @param what is awaited, for people: {@code "both task managers registered"}
   * @throws AwaitFailedException at the limit, naming what was awaited
   */
  public static void until(String what, Duration limit, Condition condition) throws Exception {
    value(what, limit, () -> condition.isMet() ? Optional.of(Boolean.TRUE) : Optional.empty());
  }

  /**
   * Returns the value once there is one.
   *
   * @throws AwaitFailedException at the limit, naming what was awaited
   */
  public static <T> T value(String what, Duration limit, Callable<Optional<T>> question)
      throws Exception {
    long start = System.nanoTime();
    boolean loud = false;
    Throwable last = null;
    while (true) {
      try {
        Optional<T> answer = question.call();
        if (answer.isPresent()) {
          return answer.get();
        }
        last = null;
      } catch (IOException | AssertionError e) {
        last = e;
      }
      long waited = System.nanoTime() - start;
      if (waited > limit.toNanos()) {
        throw new AwaitFailedException(what, limit, last);
      }
      if (!loud && waited > LOUD_AFTER_NANOS) {
        loud = true;
        LOG.info("Still waiting, for at most {}: {}", TimeUtils.formatWithHighestUnit(limit), what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while waiting: " + what);
      }
    }
  }

  /** What was awaited did not come. */
  public static final class AwaitFailedException extends RuntimeException {
    AwaitFailedException(String what, Duration limit, @Nullable Throwable last) {
      super(
          "Waited '"
              + TimeUtils.formatWithHighestUnit(limit)
              + "' in vain: "
              + what
              + (last == null ? "" : "; at last '" + last.getMessage() + "'"),
          last);
    }
  }
}
