package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Machine;
import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.OptionsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Compares SQL through the job with the same SQL without it, and the forms of the drop alert.
 *
 * <p>Every run has a process of its own; contestants take turns (A B A B), so that a machine that
 * changes its speed changes it for all.
 */
public final class SqlAnalyticsBenchmark {
  static final JobOption<Integer> ROUNDS =
      JobOption.ofInt("measure.rounds")
          .defaultTo(3)
          .notNegative()
          .describedAs("Runs of each query, through the job and without it.");

  static final JobOption<Integer> DROP_ROUNDS =
      JobOption.ofInt("measure.drop-rounds")
          .defaultTo(1)
          .notNegative()
          .describedAs("Runs of the drop alert in SQL; the operator has those of the queries too.");

  static final JobOption<Long> TICKS =
      JobOption.ofLong("measure.ticks")
          .defaultTo(600_000L)
          .positive()
          .describedAs(
              "Ticks that count in a run of a query; as many warm up; fewer of slow ones.");

  static final JobOption<Long> WARM_UP =
      JobOption.ofLong("measure.warm-up")
          .defaultTo(750_000L)
          .positive()
          .describedAs("Ticks before them, which do not.");

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
          .describedAs("Time of a run of a query, or of the operator, after which it is ended.");

  static final JobOption<Duration> SQL_LIMIT =
      JobOption.ofDuration("measure.sql-limit")
          .defaultTo(Duration.ofSeconds(18))
          .positive()
          .describedAs("The same for the drop alert in SQL.");

  static final JobOption<List<String>> OPEN_ROWS =
      JobOption.ofStrings("drops.open-rows")
          .defaultTo(List.of("10", "100", "600", "6000"))
          .describedAs("Rows of a stock within the time of a drop.");

  static final JobOption<Duration> INTERVAL =
      JobOption.ofDuration("measure.checkpoint-interval")
          .defaultTo(Duration.ofSeconds(4))
          .positive()
          .describedAs("Between checkpoints.");

  static final JobOption<String> OUTPUT =
      JobOption.ofString("measure.output")
          .defaultTo("/dev/shm/sluice-sql-analytics")
          .describedAs("Folder that is written into, and emptied.");

  static final JobOption<String> HEAP =
      JobOption.ofString("measure.heap")
          .defaultTo("2g")
          .describedAs("Heap of every contestant (-Xmx).");

  static final JobOption<String> JVM_OPTION =
      JobOption.ofString("measure.jvm-option")
          .defaultDescribedAs("none")
          .describedAs("One more option of every JVM, such as a recording.");

  static final JobOption<String> RESULTS =
      JobOption.ofString("report.file")
          .defaultTo("benchmarks/results/sql-analytics.md")
          .describedAs("File for the tables.");

  private static final List<JobOption<?>> ALL =
      List.of(
          ROUNDS,
          DROP_ROUNDS,
          TICKS,
          WARM_UP,
          ROWS,
          LIMIT,
          SQL_LIMIT,
          OPEN_ROWS,
          INTERVAL,
          OUTPUT,
          HEAP,
          JVM_OPTION,
          RESULTS);

  private final JobArguments arguments;
  private final Figures figures = new Figures();
  private final Arena arena;
  private final String head;

  private SqlAnalyticsBenchmark(JobArguments arguments, String command) throws IOException {
    this.arguments = arguments;
    this.head = SqlAnalyticsReport.head(command, Machine.describe(), Machine.load(), arguments);
    List<String> jvm =
        arguments
            .find(JVM_OPTION)
            .map(option -> List.of("-Xmx" + arguments.get(HEAP), option))
            .orElse(List.of("-Xmx" + arguments.get(HEAP)));
    this.arena =
        new Arena(
            Path.of(arguments.get(OUTPUT)),
            Path.of("benchmarks", "target", "sql-analytics").toAbsolutePath(),
            arguments.get(INTERVAL),
            jvm);
  }

  /** Runs all, or what the options leave. */
  public static void main(String[] args) throws Exception {
    if (List.of(args).contains("--help")) {
      System.out.print(OptionsTable.of(ALL).plain());
      return;
    }
    try {
      String command = "./benchmarks/run sql-analytics " + String.join(" ", args);
      new SqlAnalyticsBenchmark(JobArguments.parse(args, ALL), command.trim()).run();
    } catch (InvalidOptionException e) {
      e.problems().forEach(problem -> System.err.println("Error: " + problem));
      System.exit(2);
    }
  }

  private void run() throws IOException, InterruptedException {
    int rounds = Math.max(arguments.get(ROUNDS), arguments.get(DROP_ROUNDS));
    for (int round = 1; round <= rounds; round++) {
      if (arguments.get(DROP_ROUNDS) > 0) {
        dropAlerts(round);
      }
      if (round <= arguments.get(ROUNDS)) {
        queries(round);
      }
    }
  }

  private void queries(int round) throws IOException, InterruptedException {
    for (Query query : Query.values()) {
      long ticks = (long) (arguments.get(TICKS) * query.share);
      long warmUp = (long) (arguments.get(WARM_UP) * query.share);
      // Who comes first in a pair changes with the round.
      List<String> kinds =
          round % 2 == 1
              ? List.of(SqlProcess.BARE, SqlProcess.JOB)
              : List.of(SqlProcess.JOB, SqlProcess.BARE);
      for (String kind : kinds) {
        Taken taken =
            arena.measure(kind, arguments.get(LIMIT), warmUp, ticks, List.of(query.name()));
        figures.of(query, kind).add(taken);
        progress(round, query.title + ", " + kind, taken);
      }
      write();
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
    return arena.measure(
        SqlProcess.DROPS,
        limit,
        warmUp(cell, counting),
        counting,
        List.of(cell.form().name(), cell.shape().name(), Integer.toString(cell.openRows())));
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
    Path file = Path.of(arguments.get(RESULTS)).toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.writeString(file, head + new SqlAnalyticsReport(figures).tables());
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
