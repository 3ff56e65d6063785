package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.BenchmarkCommand;
import dev.sluice.benchmarks.measure.Machine;
import dev.sluice.benchmarks.measure.Workspace;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Compares SQL through the job with the same SQL without it, and the forms of the drop alert.
 *
 * <p>A query has a process in which both take turns; so do the forms of the drop alert, in a
 * process for each run: a machine that changes its speed changes it for all.
 */
public final class SqlAnalyticsBenchmark {
  static final JobOption<Integer> ROUNDS =
      JobOption.ofInt("measure.rounds")
          .defaultTo(3)
          .notNegative()
          .describedAs("Runs of the drop operator; 0 leaves the drop alert out.");

  static final JobOption<Integer> DROP_ROUNDS =
      JobOption.ofInt("measure.drop-rounds")
          .defaultTo(1)
          .notNegative()
          .describedAs("Runs of the drop alert in SQL, of those.");

  static final JobOption<Long> ROWS =
      JobOption.ofLong("measure.rows")
          .defaultTo(1_000_000L)
          .positive()
          .describedAs(
              "Rows that count in a run of the drop operator; as many warm up; of SQL a tenth.");

  static final JobOption<Duration> LIMIT =
      JobOption.ofDuration("measure.limit")
          .defaultTo(Duration.ofSeconds(60))
          .positive()
          .describedAs("Time of a run of the operator after which it is ended.");

  static final JobOption<Duration> SQL_LIMIT =
      JobOption.ofDuration("measure.sql-limit")
          .defaultTo(Duration.ofSeconds(18))
          .positive()
          .describedAs("The same for the drop alert in SQL.");

  static final JobOption<List<String>> OPEN_ROWS =
      JobOption.ofStrings("drops.open-rows")
          .defaultTo(List.of("10", "100", "600", "6000"))
          .describedAs("Rows of a stock within the time of a drop.");

  static final JobOption<Duration> INTERVAL = BenchmarkCommand.INTERVAL;

  static final JobOption<String> OUTPUT = BenchmarkCommand.output("sql-analytics");

  static final JobOption<String> HEAP = BenchmarkCommand.heap("2g");

  private static final List<JobOption<?>> ALL =
      JobOption.all(
          OverheadPlan.ALL,
          List.of(
              ROUNDS,
              DROP_ROUNDS,
              ROWS,
              LIMIT,
              SQL_LIMIT,
              OPEN_ROWS,
              INTERVAL,
              OUTPUT,
              HEAP,
              BenchmarkCommand.JVM_OPTION,
              BenchmarkCommand.REPORT));

  private final BenchmarkCommand command;
  private final JobArguments arguments;
  private final Figures figures = new Figures();
  private final Arena arena;
  private final String head;

  private SqlAnalyticsBenchmark(BenchmarkCommand command) throws IOException {
    this.command = command;
    this.arguments = command.arguments();
    this.head =
        SqlAnalyticsReport.head(command.line(), Machine.describe(), Machine.load(), arguments);
    this.arena =
        new Arena(
            new Workspace(Path.of(arguments.get(OUTPUT)), command.logs(), command.jvmOptions()),
            arguments.get(INTERVAL),
            arguments.get(HEAP));
  }

  /** Runs all, or what the options leave. */
  public static void main(String[] args) throws Exception {
    BenchmarkCommand.main(
        "sql-analytics", args, ALL, command -> new SqlAnalyticsBenchmark(command).run());
  }

  private void run() throws IOException, InterruptedException {
    OverheadPlan plan = OverheadPlan.of(arguments);
    if (plan.pairs() > 0) {
      for (Query query : Query.values()) {
        Overhead overhead = arena.compare(query, plan);
        figures.overheads.add(overhead);
        System.err.println(overhead.row());
        write();
      }
    }
    for (int round = 1; round <= arguments.get(ROUNDS); round++) {
      dropAlerts(round);
    }
  }

  private void dropAlerts(int round) throws IOException, InterruptedException {
    for (PriceShape shape : PriceShape.values()) {
      for (String openRows : arguments.get(OPEN_ROWS)) {
        for (Form form : Form.values()) {
          DropCell cell = new DropCell(shape, Integer.parseInt(openRows), form);
          if (isInRound(cell, round)) {
            Taken taken = measure(cell);
            figures.of(cell).add(taken);
            progress(round, cell.toString(), taken);
          }
        }
        write();
      }
    }
  }

  private boolean isInRound(DropCell cell, int round) {
    boolean falling = cell.shape() == PriceShape.FALLING;
    if (cell.form() == Form.POSTS && !falling) {
      return false; // it keeps all rows, whatever their prices are
    }
    return round <= arguments.get(DROP_ROUNDS) || (cell.form() == Form.OPERATOR && falling);
  }

  private Taken measure(DropCell cell) throws IOException, InterruptedException {
    boolean operator = cell.form() == Form.OPERATOR;
    long counting = operator ? arguments.get(ROWS) : Math.max(1, arguments.get(ROWS) / 10);
    Duration limit = arguments.get(operator ? LIMIT : SQL_LIMIT);
    return arena.measure(cell, limit, warmUp(cell, counting), counting);
  }

  /** SQL would not even fill its windows in time: it counts almost from the start. */
  private static long warmUp(DropCell cell, long counting) {
    if (cell.form() == Form.OPERATOR) {
      return Math.max(counting, (long) cell.openRows() * DropTicks.KEYS);
    }
    return cell.shape() == PriceShape.FALLING ? SqlAnalyticsReport.COLD : SqlAnalyticsReport.WARM;
  }

  /** What there is so far. */
  private void write() throws IOException {
    command.write(head + new SqlAnalyticsReport(figures).tables());
  }

  private static void progress(int round, String what, Taken taken) {
    String figures =
        taken
            .measurement()
            .map(
                m ->
                    String.format(
                        Locale.ROOT,
                        "%.3f CPU µs each, %.0f/s, %.1f s, %d results",
                        1e6 / m.perCpuSecond(),
                        m.perSecond(),
                        m.seconds(),
                        m.results()))
            .orElse("");
    System.err.printf(Locale.ROOT, "round %d, %s: %s %s%n", round, what, figures, taken.note());
  }
}
