package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Contestant;
import dev.sluice.benchmarks.measure.ForkedJvm;
import dev.sluice.benchmarks.measure.Measurement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The process that a contestant runs in. */
final class ContestantProcess {
  /** Subtasks, or threads: one a core on the machines that most figures are from. */
  static final int PARALLELISM = 2;

  /** Twice the default of {@code buffer.memory}, which is per subtask. */
  private static final long MEMORY = 256L << 20;

  static final String SLUICE = "sluice";
  static final String FILE_SINK = "file-sink";
  static final String SQL = "sql";
  static final String PLAIN = "plain";
  static final String FILE_SINK_SHUFFLED = "file-sink-shuffled";
  static final String SQL_SHUFFLED = "sql-shuffled";

  private ContestantProcess() {}

  /**
   * Measures and ends.
   *
   * @param args contestant, output, seconds until it must be done, milliseconds between
   *     checkpoints, and the workload
   */
  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[1]);
    Workload workload = Workload.of(List.of(args).subList(4, args.length));
    Contestant contestant =
        contestant(args[0], workload, Duration.ofMillis(Long.parseLong(args[3])));
    Measurement.Limit limit =
        new Measurement.Limit(Duration.ofSeconds(Long.parseLong(args[2])), ForkedJvm::report);
    ForkedJvm.report(
        Measurement.take(
            contestant, workload.warmUp(), output.resolve("none"), output, Optional.of(limit)));
    System.exit(0); // Flink's client leaves threads behind
  }

  private static Contestant contestant(String name, Workload workload, Duration interval) {
    return switch (name) {
      case SLUICE -> new SluiceJob(workload, interval, PARALLELISM);
      case FILE_SINK -> new FileSinkJob(workload, interval, PARALLELISM, false);
      case FILE_SINK_SHUFFLED -> new FileSinkJob(workload, interval, PARALLELISM, true);
      case SQL -> new SqlSinkJob(workload, interval, PARALLELISM, false);
      case SQL_SHUFFLED -> new SqlSinkJob(workload, interval, PARALLELISM, true);
      case PLAIN -> new PlainWriter(workload, MEMORY, PARALLELISM);
      default -> throw new IllegalArgumentException("No contestant '" + name + "'");
    };
  }
}
