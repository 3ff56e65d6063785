package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.common.config.JobArguments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

  private static final double MOST_OVERHEAD = 0.02;
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
        "- Flink %s; parallelism %d; checkpoints every %d ms; into %s; heap %s",
        EnvironmentInformation.getVersion(),
        SqlProcess.PARALLELISM,
        arguments.get(SqlAnalyticsBenchmark.INTERVAL).toMillis(),
        arguments.get(SqlAnalyticsBenchmark.OUTPUT),
        arguments.get(SqlAnalyticsBenchmark.HEAP));
    report.line(
        "- queries: %,d ticks count (MATCH_RECOGNIZE: %.0f %%, deduplication: %.0f %% of them)"
            + " behind %,d that warm up; %d rounds",
        arguments.get(SqlAnalyticsBenchmark.TICKS),
        100 * Query.PATTERN.share,
        100 * Query.DEDUPLICATE.share,
        arguments.get(SqlAnalyticsBenchmark.WARM_UP),
        arguments.get(SqlAnalyticsBenchmark.ROUNDS));
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
    queries();
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
    List<Double> all = new ArrayList<>();
    for (Query query : Query.values()) {
      all.addAll(overheads(query));
    }
    OptionalDouble overhead = mean(all);
    line(
        "| the job costs less than 2 %% over bare SQL | %s, mean of %d pairs; standard error %s | %s |",
        percent(overhead),
        all.size(),
        percent(standardError(all)),
        overheadGoal(overhead, standardError(all)));
    OptionalDouble times = quotient(falling(100, Form.OPERATOR), falling(100, Form.POSTS));
    line(
        "| operator, rows per CPU second: %.0f times the posts' form at 100 open rows | %s | %s |",
        LEAST_TIMES, show(times, 0), met(times.isPresent(), times.orElse(0) >= LEAST_TIMES));
    OptionalDouble share = quotient(falling(6000, Form.OPERATOR), falling(10, Form.OPERATOR));
    line(
        "| operator: at 6,000 open rows %.1f of its rate at 10 | %s | %s |",
        LEAST_SHARE, show(share, 2), met(share.isPresent(), share.orElse(0) >= LEAST_SHARE));
  }

  /** Two standard errors on one side of the goal, or the run cannot tell. */
  private static String overheadGoal(OptionalDouble mean, OptionalDouble error) {
    if (mean.isEmpty() || error.isEmpty()) {
      return "";
    }
    double distance = mean.getAsDouble() - MOST_OVERHEAD;
    return Math.abs(distance) < 2 * error.getAsDouble()
        ? "too noisy to tell"
        : met(true, distance < 0);
  }

  private static String met(boolean known, boolean met) {
    return !known ? "" : met ? "met" : "**missed**";
  }

  private Rounds falling(int openRows, Form form) {
    return figures.of(new DropCell(PriceShape.FALLING, openRows, form));
  }

  private static OptionalDouble quotient(Rounds one, Rounds other) {
    return Rounds.median(one.ratios(other, Measurement::perCpuSecond));
  }

  private List<Double> overheads(Query query) {
    return figures
        .of(query, SqlProcess.BARE)
        .ratios(figures.of(query, SqlProcess.JOB), Measurement::perCpuSecond)
        .stream()
        .map(ratio -> ratio - 1)
        .toList();
  }

  private void queries() {
    line("");
    line("## JSON in, JSON out: through the job, and by a bare table environment");
    line("");
    line(
        "| query | ticks per CPU second, job | bare | overhead of the job in CPU time (least –"
            + " greatest) | ticks per second, job | bare | rows out, job | bare | |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Query query : Query.values()) {
      Rounds job = figures.of(query, SqlProcess.JOB);
      Rounds bare = figures.of(query, SqlProcess.BARE);
      List<Double> overheads = overheads(query).stream().sorted().toList();
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
          query.title,
          show(job.median(Measurement::perCpuSecond), 0),
          show(bare.median(Measurement::perCpuSecond), 0),
          overheads.isEmpty()
              ? "–"
              : String.format(
                  Locale.ROOT,
                  "%s (%s – %s)",
                  percent(Rounds.median(overheads)),
                  percent(OptionalDouble.of(overheads.get(0))),
                  percent(OptionalDouble.of(overheads.get(overheads.size() - 1)))),
          show(job.median(Measurement::perSecond), 0),
          show(bare.median(Measurement::perSecond), 0),
          job.results(),
          bare.results(),
          job.note() + bare.note());
    }
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
        show(rounds.median(Measurement::perCpuSecond), 0),
        show(quotient(rounds, falling(cell.openRows(), Form.POSTS)), 1),
        show(rounds.median(Measurement::perSecond), 0),
        show(rounds.median(m -> 1e6 / m.perCpuSecond()), 2),
        show(rounds.median(m -> m.checkpointBytes() / 1024.0), 0),
        show(rounds.median(Measurement::liveHeapMebibytes), 0),
        rounds.note());
  }

  private static OptionalDouble mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average();
  }

  private static OptionalDouble standardError(List<Double> values) {
    double mean = mean(values).orElse(0);
    double squares = values.stream().mapToDouble(value -> Math.pow(value - mean, 2)).sum();
    return values.size() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(squares / (values.size() - 1) / values.size()));
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble())
        : "–";
  }

  private static String show(OptionalDouble figure, int digits) {
    return figure.isPresent()
        ? String.format(Locale.ROOT, "%,." + digits + "f", figure.getAsDouble())
        : "–";
  }

  private void line(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
