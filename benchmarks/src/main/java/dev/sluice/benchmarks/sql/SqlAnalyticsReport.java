package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.benchmarks.measure.Statistics;
import dev.sluice.common.config.JobArguments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The tables, in Markdown. */
final class SqlAnalyticsReport {
  /** Rows that warm SQL up, where few are done in time and where more are. */
  static final long COLD = 200;

  static final long WARM = 2_000;

  private static final double LEAST_TIMES = 100;
  private static final double LEAST_SHARE = 0.8;
  private static final int[] OPEN_ROWS = {10, 100, 600, 6000};

  private final Figures figures;
  private final StringBuilder text = new StringBuilder();

  SqlAnalyticsReport(Figures figures) {
    this.figures = figures;
  }

  static String head(String command, List<String> machine, double load, JobArguments arguments) {
    SqlAnalyticsReport report = new SqlAnalyticsReport(new Figures());
    report.line("# SQL analytics: figures");
    report.line("");
    report.line("Written by `%s`; `../README.md` says how to read it.", command);
    report.line("");
    report.line("- date: %s; load average at the start: %.2f", LocalDate.now(ZoneOffset.UTC), load);
    machine.forEach(item -> report.line("- %s", item));
    report.line(
        "- Flink %s; parallelism %d; into %s; heap %s",
        EnvironmentInformation.getVersion(),
        SqlProcess.PARALLELISM,
        arguments.get(SqlAnalyticsBenchmark.OUTPUT),
        arguments.get(SqlAnalyticsBenchmark.HEAP));
    report.line("%s", OverheadReport.head(OverheadPlan.of(arguments)));
    report.line(
        "- drop alert: %,d rows of %d stocks count for the operator, a tenth for SQL; as many, and a"
            + " full window, warm up (of SQL %d rows, behind waves %,d, as a full window takes it too"
            + " long); SQL is ended after %d s; SQL has %d rounds",
        arguments.get(SqlAnalyticsBenchmark.ROWS),
        DropTicks.KEYS,
        COLD,
        WARM,
        arguments.get(SqlAnalyticsBenchmark.SQL_LIMIT).toSeconds(),
        arguments.get(SqlAnalyticsBenchmark.DROP_ROUNDS));
    return report.text.toString();
  }

  String tables() {
    goals();
    if (!figures.overheads.isEmpty()) {
      text.append(OverheadReport.table(figures.overheads));
    }
    for (PriceShape shape : PriceShape.values()) {
      drops(shape);
    }
    return text.toString();
  }

  private void goals() {
    line("");
    line("## Goals");
    line("");
    line("| goal | measured | |");
    line("| --- | --- | --- |");
    if (!figures.overheads.isEmpty()) {
      line("%s", OverheadReport.goal(figures.overheads));
    }
    OptionalDouble times = quotient(falling(100, Form.OPERATOR), falling(100, Form.POSTS));
    line(
        "| operator, rows per CPU second: %.0f times the posts' form at 100 open rows | %s | %s |",
        LEAST_TIMES,
        Statistics.show(times, 0),
        met(times.isPresent(), times.orElse(0) >= LEAST_TIMES));
    OptionalDouble share = quotient(falling(6000, Form.OPERATOR), falling(10, Form.OPERATOR));
    line(
        "| operator: at 6,000 open rows %.1f of its rate at 10 | %s | %s |",
        LEAST_SHARE,
        Statistics.show(share, 2),
        met(share.isPresent(), share.orElse(0) >= LEAST_SHARE));
  }

  private static String met(boolean known, boolean met) {
    return !known ? "" : met ? "met" : "**missed**";
  }

  private Rounds falling(int openRows, Form form) {
    return figures.of(new DropCell(PriceShape.FALLING, openRows, form));
  }

  private static OptionalDouble quotient(Rounds one, Rounds other) {
    return Statistics.median(one.ratios(other, Measurement::perCpuSecond));
  }

  private void drops(PriceShape shape) {
    line("");
    line(
        shape == PriceShape.FALLING
            ? "## Drop alert; prices that fall for ever: every open row is a possible start"
            : "## Drop alert; prices in waves: most open rows are below a later one");
    line("");
    line(
        "| open rows per stock | form | rows per CPU second | times the posts' form | rows per"
            + " second | CPU µs a row | largest checkpoint, KiB | heap after collections, MiB | |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    IntStream.of(OPEN_ROWS)
        .forEach(
            openRows -> {
              for (Form form : Form.values()) {
                drop(new DropCell(shape, openRows, form));
              }
            });
  }

  private void drop(DropCell cell) {
    Rounds rounds = figures.of(cell);
    if (rounds.isEmpty()) {
      return;
    }
    line(
        "| %,d | %s | %s | %s | %s | %s | %s | %s | %s |",
        cell.openRows(),
        cell.form().title,
        Statistics.show(rounds.median(Measurement::perCpuSecond), 0),
        Statistics.show(quotient(rounds, falling(cell.openRows(), Form.POSTS)), 1),
        Statistics.show(rounds.median(Measurement::perSecond), 0),
        Statistics.show(rounds.median(m -> 1e6 / m.perCpuSecond()), 2),
        Statistics.show(rounds.median(m -> m.checkpointBytes() / 1024.0), 0),
        Statistics.show(rounds.median(Measurement::liveHeapMebibytes), 0),
        rounds.note());
  }

  private void line(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
