package dev.sluice.partitioning.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries what may fail for a moment, with pauses that double and are drawn at random up to that, so
 * that many threads do not come back together. Thread-safe.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final int most;
  private final Duration firstPause;
  private final CountDownLatch ended = new CountDownLatch(1);

  Attempts(int most, Duration firstPause) {
    this.most = most;
    this.firstPause = firstPause;
  }

  /** Something that may be done again when it has failed. */
  @FunctionalInterface
  interface Attempt<T> {
    T make() throws IOException;
  }

  /**
   * The result of the first attempt that does not fail.
   *
   * @throws IOException of the last one; of the first if another one cannot help
   */
  <T> T make(String what, Attempt<T> attempt) throws IOException, InterruptedException {
    for (int i = 1; ; i++) {
      try {
        return attempt.make();
      } catch (IOException e) {
        if (i >= most || isFinal(e) || ended.getCount() == 0) {
          throw e;
        }
        LOG.warn("Attempt {} of {} failed: {}: {}", i, most, what, e.toString());
        pause(i);
      }
    }
  }

  /** Ends pauses; what fails from now on is not tried again. */
  void end() {
    ended.countDown();
  }

  /** Whether it stays so: access is refused, or something is gone. */
  static boolean isFinal(Throwable failure) {
    return ExceptionUtils.findThrowable(failure, AccessDeniedException.class).isPresent()
        || ExceptionUtils.findThrowable(failure, FileNotFoundException.class).isPresent();
  }

  private void pause(int attempt) throws IOException, InterruptedException {
    long longest = firstPause.toMillis() << Math.min(attempt - 1, 10);
    long millis = 1 + ThreadLocalRandom.current().nextLong(Math.max(1, longest));
    if (ended.await(millis, TimeUnit.MILLISECONDS)) {
      throw new InterruptedIOException("Ended between two attempts");
    }
  }
}
