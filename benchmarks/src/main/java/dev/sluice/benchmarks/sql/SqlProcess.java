package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The process that a form of the drop alert runs in. */
final class SqlProcess {
  /** Subtasks: one a core on the machines that most figures are from. */
  static final int PARALLELISM = 2;

  private SqlProcess() {}

  /**
   * Measures and ends.
   *
   * @param args output, seconds until it must be done, milliseconds between checkpoints, rows that
   *     warm up, rows that count; form, shape and open rows
   */
  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[0]);
    Duration interval = Duration.ofMillis(Long.parseLong(args[2]));
    long warmUp = Long.parseLong(args[3]);
    Contestant contestant =
        new DropRun(
            Form.valueOf(args[5]),
            PriceShape.valueOf(args[6]),
            Integer.parseInt(args[7]),
            warmUp + Long.parseLong(args[4]),
            interval);
    Measurement.Limit limit =
        new Measurement.Limit(Duration.ofSeconds(Long.parseLong(args[1])), ForkedJvm::report);
    ForkedJvm.report(
        Measurement.take(contestant, warmUp, output.resolve("none"), output, Optional.of(limit)));
    System.exit(0); // Flink's client leaves threads behind
  }
}
