package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.BenchmarkCommand;
import dev.sluice.benchmarks.measure.Machine;
import dev.sluice.benchmarks.measure.Statistics;
import dev.sluice.common.config.JobArguments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The tables, in Markdown. */
final class ReplicationReport {
  static final String FAILING_TITLE = "200 bytes, failing entries";

  /** Cores of the server from which on it is what all wait for. */
  private static final double SATURATED = 0.85;

  private static final double LEAST_OF_LOOP = 0.85;
  private static final double LEAST_WITH_ORDER = 0.7;
  private static final double MOST_ADDED_LAG = 300;

  private final Outcomes outcomes;
  private final StringBuilder text = new StringBuilder();

  ReplicationReport(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  static String head(String command, List<String> machine, JobArguments arguments) {
    ReplicationReport report = new ReplicationReport(new Outcomes());
    report.line("# Replication: figures");
    report.line("");
    report.line("Written by `%s`; `../README.md` says how to read it.", command);
    report.line("");
    report.line(
        "- date: %s; load average at the start: %.2f",
        LocalDate.now(ZoneOffset.UTC), Machine.load());
    machine.forEach(item -> report.line("- %s", item));
    report.line(
        "- Flink %s; parallelism %d; checkpoints every %d ms; heap %s, G1; %d shards; polls every"
            + " %d ms; %,d keys; seed %d",
        EnvironmentInformation.getVersion(),
        CopyProcess.PARALLELISM,
        arguments.get(BenchmarkCommand.INTERVAL).toMillis(),
        arguments.get(ReplicationBenchmark.HEAP),
        Streams.SHARDS,
        arguments.get(ReplicationBenchmark.POLL).toMillis(),
        Load.KEYS,
        arguments.get(ReplicationBenchmark.SEED));
    report.line(
        "- backlog of %,d records of 200 bytes, %,d of 10 KiB, two thirds of them to warm up; then"
            + " 500 a second, 20 of 10 KiB, for %d s; %.1f %% failing entries; %d rounds, medians"
            + " of them",
        arguments.get(ReplicationBenchmark.RECORDS),
        arguments.get(ReplicationBenchmark.LARGE_RECORDS),
        arguments.get(ReplicationBenchmark.SECONDS),
        100 * arguments.get(ReplicationBenchmark.FAILING),
        arguments.get(ReplicationBenchmark.ROUNDS));
    return report.text.toString();
  }

  String tables(List<Load> loads) {
    line("");
    line("## Goals");
    line("");
    line("| goal | measured | |");
    line("| --- | --- | --- |");
    for (Load load : loads) {
      String title = load.title();
      boolean failing = load.failing() > 0;
      if (failing) {
        share(title, "order kept, of the loop that keeps none", LEAST_WITH_ORDER);
        order(title);
      } else {
        share(title, "of the loop", LEAST_OF_LOOP);
        lag(title);
      }
    }
    for (Load load : loads) {
      table(load.title());
    }
    return text.toString();
  }

  /** In records a second, or in records a CPU second if all wait for the server. */
  private void share(String load, String what, double goal) {
    OptionalDouble rate =
        outcomes.paired(
            load, Entrant.SLUICE, Entrant.LOOP, (own, loop) -> own.perSecond() / loop.perSecond());
    OptionalDouble cpu =
        outcomes.paired(
            load, Entrant.SLUICE, Entrant.LOOP, (own, loop) -> loop.cpuMicros() / own.cpuMicros());
    OptionalDouble server = outcomes.median(load, Entrant.LOOP, Outcome::serverCores);
    boolean saturated = server.orElse(0) > SATURATED;
    line(
        "| %s: at least %.2f %s | %s of its records a second; %s of its records a CPU second; the"
            + " server takes %s of its one core under the loop%s | %s |",
        load,
        goal,
        what,
        Statistics.show(rate, 2),
        Statistics.show(cpu, 2),
        Statistics.show(server, 2),
        saturated ? ", so CPU time decides" : "",
        verdict(saturated ? cpu : rate, goal));
  }

  private static String verdict(OptionalDouble figure, double goal) {
    return figure.isEmpty() ? "" : met(figure.getAsDouble() >= goal);
  }

  private static String met(boolean met) {
    return met ? "met" : "**missed**";
  }

  private void order(String load) {
    long own = outcomes.most(load, Entrant.SLUICE, Outcome::reordered);
    line(
        "| %s: no key reordered | %d of %,d keys; stock connector %d, loop %d | %s |",
        load,
        own,
        Load.KEYS,
        outcomes.most(load, Entrant.STOCK, Outcome::reordered),
        outcomes.most(load, Entrant.LOOP, Outcome::reordered),
        outcomes.of(load, Entrant.SLUICE).isEmpty() ? "" : met(own == 0));
  }

  private void lag(String load) {
    OptionalDouble added = addedLag(load, Entrant.SLUICE);
    line(
        "| %s: adds at most %.0f ms to the lag, p99 | %s ms over the loop, which polls as often |"
            + " %s |",
        load,
        MOST_ADDED_LAG,
        Statistics.show(added, 0),
        added.isEmpty() ? "" : met(added.getAsDouble() <= MOST_ADDED_LAG));
  }

  private OptionalDouble addedLag(String load, Entrant entrant) {
    return outcomes.paired(
        load, entrant, Entrant.LOOP, (own, loop) -> own.lagMost() - loop.lagMost());
  }

  private void table(String load) {
    line("");
    line("## %s", load);
    line("");
    line(
        "| contestant | of the loop's records a second | a CPU second | records a second | CPU µs a"
            + " record | cores of the server | lag, ms, median | p99 | p99 over the loop's | cores"
            + " of the server | missing | repeated | keys reordered |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Entrant entrant : Entrant.values()) {
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %d | %d | %d |",
          entrant.title,
          Statistics.show(
              outcomes.paired(
                  load, entrant, Entrant.LOOP, (own, loop) -> own.perSecond() / loop.perSecond()),
              2),
          Statistics.show(
              outcomes.paired(
                  load, entrant, Entrant.LOOP, (own, loop) -> loop.cpuMicros() / own.cpuMicros()),
              2),
          show(load, entrant, Outcome::perSecond, 0),
          show(load, entrant, Outcome::cpuMicros, 1),
          show(load, entrant, Outcome::serverCores, 2),
          show(load, entrant, Outcome::lagMedian, 0),
          show(load, entrant, Outcome::lagMost, 0),
          Statistics.show(addedLag(load, entrant), 0),
          show(load, entrant, Outcome::lagServerCores, 2),
          outcomes.most(load, entrant, Outcome::missing),
          outcomes.most(load, entrant, Outcome::repeated),
          outcomes.most(load, entrant, Outcome::reordered));
    }
  }

  private String show(String load, Entrant entrant, ToDoubleFunction<Outcome> figure, int digits) {
    return Statistics.show(outcomes.median(load, entrant, figure), digits);
  }

  private void line(String form, Object... values) {
    text.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
