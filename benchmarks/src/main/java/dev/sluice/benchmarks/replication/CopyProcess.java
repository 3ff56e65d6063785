package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.CpuLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The process that a contestant copies in, until it is killed. */
final class CopyProcess {
  /** Subtasks of both Flink jobs; the source of Sluice has one, so that parents come first. */
  static final int PARALLELISM = 2;

  private CopyProcess() {}

  /**
   * Copies.
   *
   * @param args contestant, endpoint of the source, of the target, milliseconds between polls,
   *     folder to write into, milliseconds between checkpoints, file for CPU times
   */
  public static void main(String[] args) throws Exception {
    Streams streams = new Streams(args[1], args[2], Long.parseLong(args[3]));
    Path folder = Path.of(args[4]);
    Duration interval = Duration.ofMillis(Long.parseLong(args[5]));
    Copy copy =
        switch (Entrant.valueOf(args[0])) {
          case SLUICE -> new SluiceCopy(streams, folder, interval);
          case STOCK -> new StockCopy(streams, folder, interval);
          case LOOP -> new LoopCopy(streams);
        };
    Thread log = new Thread(() -> log(Path.of(args[6]), copy), "cpu-log");
    log.setDaemon(true);
    log.start();
    copy.run();
    throw new IllegalStateException("A copy has ended by itself");
  }

  private static void log(Path file, Copy copy) {
    try {
      CpuLog.write(file, copy::done, ProcessHandle.current().parent().orElseThrow()::isAlive);
    } catch (IOException e) {
      System.err.println("Cannot write '" + file + "': " + e);
    }
    Runtime.getRuntime().halt(1); // nobody is left who wants to know
  }
}
