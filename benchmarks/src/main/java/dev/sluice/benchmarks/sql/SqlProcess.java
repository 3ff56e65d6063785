package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The process that a contestant runs in. */
final class SqlProcess {
  /** Subtasks: one a core on the machines that most figures are from. */
  static final int PARALLELISM = 2;

  static final String JOB = "job";
  static final String BARE = "bare";
  static final String DROPS = "drops";

  private static final long SEED = 42;

  private SqlProcess() {}

  /**
   * Measures and ends.
   *
   * @param args kind, output, seconds until it must be done, milliseconds between checkpoints,
   *     elements that warm up, elements that count; then the query, or form, shape and open rows
   */
  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[1]);
    Duration interval = Duration.ofMillis(Long.parseLong(args[3]));
    long warmUp = Long.parseLong(args[4]);
    long all = warmUp + Long.parseLong(args[5]);
    Contestant contestant =
        args[0].equals(DROPS)
            ? new DropRun(
                Form.valueOf(args[6]),
                PriceShape.valueOf(args[7]),
                Integer.parseInt(args[8]),
                all,
                interval)
            : new QueryRun(args[0].equals(JOB), Query.valueOf(args[6]), all, SEED, interval);
    Measurement.Limit limit =
        new Measurement.Limit(Duration.ofSeconds(Long.parseLong(args[2])), ForkedJvm::report);
    ForkedJvm.report(
        Measurement.take(contestant, warmUp, output.resolve("none"), output, Optional.of(limit)));
    System.exit(0); // Flink's client leaves threads behind
  }
}
