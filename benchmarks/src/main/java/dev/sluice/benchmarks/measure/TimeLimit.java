package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends this process after a time. */
final class TimeLimit {
  private TimeLimit() {}

  /** The last thing that is done. */
  @FunctionalInterface
  interface LastWords {
    void say() throws IOException;
  }

  static void start(Duration time, LastWords last) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "time-limit");
              thread.setDaemon(true);
              return thread;
            });
    var unused = timer.schedule(() -> end(last), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void end(LastWords last) {
    try {
      last.say();
      Runtime.getRuntime().halt(0); // an orderly end is what did not come
    } catch (IOException e) {
      System.err.println("The time is up, and the figures up to here are lost: " + e);
      Runtime.getRuntime().halt(1);
    }
  }
}
