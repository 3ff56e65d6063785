package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.BenchmarkCommand;
import dev.sluice.benchmarks.measure.Machine;
import dev.sluice.benchmarks.measure.Workspace;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the partitioned sink, end to end, with Flink's own sinks and a plain writer.
 *
 * <p>Every run has a process of its own; contestants take turns (A B C A B C), so that a machine
 * that changes its speed changes it for all.
 */
public final class PartitionedSinkBenchmark {
  private static final long SEED = 42;

  /** Rows that end an object: so that what is open of all partitions is about as much. */
  private static final Map<Integer, Long> BUFFERS =
      Map.of(1, 64L << 20, 10, 16L << 20, 500, 512L << 10, 5_000, 64L << 10, 20_000, 16L << 10);

  static final JobOption<Integer> ROUNDS =
      JobOption.ofInt("measure.rounds")
          .defaultTo(3)
          .positive()
          .describedAs("Runs of the fast contestants.");

  static final JobOption<Integer> STOCK_ROUNDS =
      JobOption.ofInt("measure.stock-rounds")
          .defaultTo(1)
          .notNegative()
          .describedAs("Runs of Flink's own sinks; 0 leaves them out.");

  static final JobOption<Long> RECORDS =
      JobOption.ofLong("measure.records")
          .defaultTo(3_000_000L)
          .positive()
          .describedAs("Records that count in a run.");

  static final JobOption<Long> WARM_UP =
      JobOption.ofLong("measure.warm-up")
          .defaultTo(3_000_000L)
          .notNegative()
          .describedAs("Records before them, which do not.");

  static final JobOption<List<String>> PARTITIONS =
      JobOption.ofStrings("cells.partitions")
          .defaultTo(List.of("10", "500", "5000", "20000"))
          .describedAs("Numbers of partitions.");

  static final JobOption<List<String>> SKEWS =
      JobOption.ofStrings("cells.skews")
          .defaultTo(List.of("UNIFORM", "ZIPF"))
          .describedAs("How records spread over partitions.");

  static final JobOption<List<String>> CONTESTANTS =
      JobOption.ofStrings("cells.contestants")
          .defaultTo(Entrant.ALL.stream().map(Entrant::contestant).toList())
          .describedAs("Who takes part.");

  static final JobOption<Duration> LIMIT =
      JobOption.ofDuration("measure.limit")
          .defaultTo(Duration.ofMinutes(2))
          .positive()
          .describedAs("Time of a run after which it is ended.");

  static final JobOption<Duration> STOCK_LIMIT =
      JobOption.ofDuration("measure.stock-limit")
          .defaultTo(Duration.ofSeconds(25))
          .positive()
          .describedAs("The same for Flink's own sinks.");

  static final JobOption<Duration> INTERVAL = BenchmarkCommand.INTERVAL;

  static final JobOption<String> OUTPUT = BenchmarkCommand.output("partitioned-sink");

  static final JobOption<String> HEAP = BenchmarkCommand.heap("1g");

  private static final List<JobOption<?>> ALL =
      List.of(
          ROUNDS,
          STOCK_ROUNDS,
          RECORDS,
          WARM_UP,
          PARTITIONS,
          SKEWS,
          CONTESTANTS,
          LIMIT,
          STOCK_LIMIT,
          INTERVAL,
          OUTPUT,
          HEAP,
          BenchmarkCommand.JVM_OPTION,
          BenchmarkCommand.REPORT);

  private final BenchmarkCommand command;
  private final JobArguments arguments;

  private PartitionedSinkBenchmark(BenchmarkCommand command) {
    this.command = command;
    this.arguments = command.arguments();
  }

  /** Runs all, or what the options leave. */
  public static void main(String[] args) throws Exception {
    BenchmarkCommand.main(
        "partitioned-sink", args, ALL, command -> new PartitionedSinkBenchmark(command).run());
  }

  private void run() throws IOException, InterruptedException {
    String machine = machine();
    Arena arena =
        new Arena(
            new Workspace(Path.of(arguments.get(OUTPUT)), command.logs(), command.jvmOptions()),
            arguments.get(INTERVAL));
    List<Cell> cells = new ArrayList<>();
    for (String skew : arguments.get(SKEWS)) {
      for (String partitions : arguments.get(PARTITIONS)) {
        cells.add(cell(Integer.parseInt(partitions), Skew.valueOf(skew)));
      }
    }
    for (int round = 1; round <= arguments.get(ROUNDS); round++) {
      for (Cell cell : cells) {
        for (Entrant entrant : entrants(round)) {
          Duration limit = arguments.get(entrant.isStock() ? STOCK_LIMIT : LIMIT);
          Taken taken = arena.measure(entrant, cell, limit);
          cell.add(entrant, taken);
          progress(round, cell.workload, entrant, taken);
        }
        command.write(machine + PartitionedSinkReport.tables(cells));
      }
    }
  }

  private String machine() throws IOException {
    PartitionedSinkReport report = new PartitionedSinkReport(command.line());
    report.machine(Machine.describe(), Machine.load(), arguments);
    return report.text();
  }

  private Cell cell(int partitions, Skew skew) {
    return new Cell(
        new Workload(
            partitions,
            skew,
            arguments.get(RECORDS),
            arguments.get(WARM_UP),
            BUFFERS.getOrDefault(partitions, 1L << 20),
            SEED),
        arguments.get(HEAP));
  }

  private List<Entrant> entrants(int round) {
    return Entrant.ALL.stream()
        .filter(entrant -> arguments.get(CONTESTANTS).contains(entrant.contestant()))
        .filter(entrant -> !entrant.isStock() || round <= arguments.get(STOCK_ROUNDS))
        .toList();
  }

  private static void progress(int round, Workload workload, Entrant entrant, Taken taken) {
    System.err.printf(
        Locale.ROOT, "round %d, %d %s, ", round, workload.partitions(), workload.skew());
    taken
        .measurement()
        .ifPresentOrElse(
            m ->
                System.err.printf(
                    Locale.ROOT,
                    "%s: %.3f CPU µs a record, %.0f records/s, heap %.0f, process %.0f MiB, %d"
                        + " objects %s%n",
                    entrant.name(),
                    1e6 / m.perCpuSecond(),
                    m.perSecond(),
                    m.liveHeapMebibytes(),
                    m.peakMebibytes(),
                    taken.objects(),
                    taken.failure()),
            () -> System.err.printf("%s: %s%n", entrant.name(), taken.failure()));
  }
}
