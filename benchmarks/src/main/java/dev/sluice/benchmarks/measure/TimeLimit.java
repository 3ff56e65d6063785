package dev.sluice.benchmarks.measure;

import java.io.IOException;
import java.time.Duration;

/** Ends this process after a time. */
final class TimeLimit {
  private TimeLimit() {}

  /** The last thing that is done. */
  @FunctionalInterface
  interface LastWords {
    void say() throws IOException;
  }

  static void start(Duration time, LastWords last) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(time.toMillis());
                last.say();
                Runtime.getRuntime().halt(0);
              } catch (IOException | InterruptedException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
              }
            },
            "time-limit");
    thread.setDaemon(true);
    thread.start();
  }
}
