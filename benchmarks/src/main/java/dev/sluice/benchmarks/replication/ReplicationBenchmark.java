package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.BenchmarkCommand;
import dev.sluice.benchmarks.measure.Machine;
import dev.sluice.benchmarks.measure.Workspace;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Compares the replicator with a loop over the AWS SDK and with the stock connector.
 *
 * <p>Every trial has a server and a process of its own; contestants take turns, who comes first
 * changes with the round.
 */
public final class ReplicationBenchmark {
  static final JobOption<Integer> ROUNDS =
      JobOption.ofInt("measure.rounds")
          .defaultTo(2)
          .positive()
          .describedAs("Trials of each contestant at each load.");

  static final JobOption<Integer> RECORDS =
      JobOption.ofInt("measure.records")
          .defaultTo(45_000)
          .atLeast(1_000)
          .describedAs("Records of 200 bytes in a backlog, two thirds of them to warm up.");

  static final JobOption<Integer> LARGE_RECORDS =
      JobOption.ofInt("measure.large-records")
          .defaultTo(1_500)
          .atLeast(300)
          .describedAs("The same of 10 KiB.");

  static final JobOption<Integer> SECONDS =
      JobOption.ofInt("measure.lag-seconds")
          .defaultTo(12)
          .atLeast(4)
          .describedAs(
              "How long records come at a fixed rate; the first two seconds do not count.");

  static final JobOption<Double> FAILING =
      JobOption.ofDouble("measure.failing")
          .defaultTo(0.01)
          .between(0.0, 0.5)
          .describedAs("Share of failing entries.");

  static final JobOption<Duration> POLL =
      JobOption.ofDuration("measure.poll-interval")
          .defaultTo(Duration.ofMillis(250))
          .positive()
          .describedAs("Between two polls of a shard; the default of the job.");

  static final JobOption<Duration> LIMIT =
      JobOption.ofDuration("measure.limit")
          .defaultTo(Duration.ofSeconds(90))
          .positive()
          .describedAs("Time of a backlog after which the trial has failed.");

  static final JobOption<Long> SEED =
      JobOption.ofLong("measure.seed").defaultTo(42L).describedAs("Of records and of failures.");

  static final JobOption<List<String>> LOADS =
      JobOption.ofStrings("measure.loads")
          .defaultTo(List.of("small", "large", "failing"))
          .matching("(small|large|failing)(,(small|large|failing))*", "must be known loads")
          .describedAs("Which loads.");

  static final JobOption<List<String>> CONTESTANTS =
      JobOption.ofStrings("measure.contestants")
          .defaultTo(List.of("LOOP", "SLUICE", "STOCK"))
          .matching("(LOOP|SLUICE|STOCK)(,(LOOP|SLUICE|STOCK))*", "must be known contestants")
          .describedAs("Who takes part.");

  static final JobOption<String> OUTPUT = BenchmarkCommand.output("replication");

  static final JobOption<String> HEAP = BenchmarkCommand.heap("1g");

  private static final List<JobOption<?>> ALL =
      List.of(
          ROUNDS,
          RECORDS,
          LARGE_RECORDS,
          SECONDS,
          FAILING,
          POLL,
          LIMIT,
          SEED,
          LOADS,
          CONTESTANTS,
          BenchmarkCommand.INTERVAL,
          OUTPUT,
          HEAP,
          BenchmarkCommand.JVM_OPTION,
          BenchmarkCommand.REPORT);

  private final BenchmarkCommand command;
  private final JobArguments arguments;

  private ReplicationBenchmark(BenchmarkCommand command) {
    this.command = command;
    this.arguments = command.arguments();
  }

  /** Runs all, or what the options leave. */
  public static void main(String[] args) throws Exception {
    BenchmarkCommand.main(
        "replication", args, ALL, command -> new ReplicationBenchmark(command).run());
  }

  private void run() throws Exception {
    Trial trial =
        new Trial(
            new Workspace(Path.of(arguments.get(OUTPUT)), command.logs(), command.jvmOptions()),
            arguments.get(HEAP),
            arguments.get(POLL),
            arguments.get(BenchmarkCommand.INTERVAL),
            arguments.get(LIMIT));
    String head = ReplicationReport.head(command.line(), Machine.describe(), arguments);
    Outcomes outcomes = new Outcomes();
    for (int round = 1; round <= arguments.get(ROUNDS); round++) {
      List<Entrant> turns =
          new ArrayList<>(arguments.get(CONTESTANTS).stream().map(Entrant::valueOf).toList());
      Collections.rotate(turns, round - 1);
      for (Load load : loads()) {
        for (Entrant entrant : turns) {
          Outcome outcome = trial.run(entrant, load);
          outcomes.add(load, entrant, outcome);
          System.err.printf(
              Locale.ROOT, "round %d, %s, %s: %s%n", round, load.title(), entrant.title, outcome);
        }
        command.write(head + new ReplicationReport(outcomes).tables(loads()));
      }
    }
  }

  private List<Load> loads() {
    int seconds = arguments.get(SECONDS);
    int small = arguments.get(RECORDS);
    int large = arguments.get(LARGE_RECORDS);
    long seed = arguments.get(SEED);
    double failing = arguments.get(FAILING);
    return arguments.get(LOADS).stream()
        .map(
            name ->
                switch (name) {
                  case "small" ->
                      new Load("200 bytes", 200, 0, small, 2 * small / 3, 500, seconds, seed);
                  case "large" ->
                      new Load("10 KiB", 10 << 10, 0, large, 2 * large / 3, 20, seconds, seed);
                  case "failing" ->
                      new Load(
                          ReplicationReport.FAILING_TITLE,
                          200,
                          failing,
                          small,
                          2 * small / 3,
                          500,
                          seconds,
                          seed);
                  default -> throw new IllegalArgumentException("No load '" + name + "'");
                })
        .toList();
  }
}
