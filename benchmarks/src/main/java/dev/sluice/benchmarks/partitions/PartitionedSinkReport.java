package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.common.config.JobArguments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The tables, in Markdown. */
final class PartitionedSinkReport {
  private final StringBuilder text = new StringBuilder();

  private PartitionedSinkReport() {}

  PartitionedSinkReport(String command) {
    line("# Partitioned sink: figures");
    line("");
    line("Written by `%s`; `../README.md` says how to read it.", command.trim());
    line("");
  }

  String text() {
    return text.toString();
  }

  void machine(List<String> machine, double load, JobArguments arguments) {
    line("- date: %s; load average at the start: %.2f", LocalDate.now(ZoneOffset.UTC), load);
    machine.forEach(item -> line("- %s", item));
    line("- versions: Flink %s", EnvironmentInformation.getVersion());
    line(
        "- %d records of %d bytes count, behind %d that warm up; parallelism %d; checkpoints every"
            + " %d ms; into %s; heap %s",
        arguments.get(PartitionedSinkBenchmark.RECORDS),
        Clicks.BYTES,
        arguments.get(PartitionedSinkBenchmark.WARM_UP),
        ContestantProcess.PARALLELISM,
        arguments.get(PartitionedSinkBenchmark.INTERVAL).toMillis(),
        arguments.get(PartitionedSinkBenchmark.OUTPUT),
        arguments.get(PartitionedSinkBenchmark.HEAP));
    line(
        "- median of %d rounds; of Flink's own sinks, %d; a run of those longer than %d s is ended,"
            + " and its figures are those up to there",
        arguments.get(PartitionedSinkBenchmark.ROUNDS),
        arguments.get(PartitionedSinkBenchmark.STOCK_ROUNDS),
        arguments.get(PartitionedSinkBenchmark.STOCK_LIMIT).toSeconds());
  }

  static String tables(List<Cell> cells) {
    PartitionedSinkReport report = new PartitionedSinkReport();
    cells.stream().filter(cell -> !cell.taken.isEmpty()).forEach(report::table);
    return report.text();
  }

  private void table(Cell cell) {
    line("");
    line(
        "## %d partitions, %s; objects of %d KiB",
        cell.workload.partitions(),
        cell.workload.skew() == Skew.ZIPF ? "Zipf" : "uniform",
        cell.workload.bufferBytes() >> 10);
    line("");
    line(
        "| contestant | records per CPU second | of the plain writer | records per second | CPU µs"
            + " a record | heap after collections, MiB | process, MiB | objects | of the least"
            + " possible | |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    long least = cell.workload.leastObjects(cell.histogram);
    cell.taken.forEach((entrant, rounds) -> row(cell, entrant, rounds, least));
  }

  private void row(Cell cell, Entrant entrant, List<Taken> rounds, long least) {
    List<Taken> plain = cell.taken.getOrDefault(Entrant.PLAIN, List.of());
    OptionalDouble perCpu = figure(rounds, Measurement::perCpuSecond);
    OptionalDouble limit = figure(plain, Measurement::perCpuSecond);
    OptionalDouble share =
        perCpu.isPresent() && limit.isPresent()
            ? OptionalDouble.of(perCpu.getAsDouble() / limit.getAsDouble())
            : OptionalDouble.empty();
    boolean finished = rounds.stream().allMatch(Taken::isFinished);
    OptionalDouble objects =
        finished ? Cell.median(rounds, taken -> taken.objects()) : OptionalDouble.empty();
    OptionalDouble excess =
        finished ? OptionalDouble.of(objects.orElse(0) / least) : OptionalDouble.empty();
    line(
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
        entrant.name(),
        show(perCpu, 0),
        show(share, 2),
        show(figure(rounds, Measurement::perSecond), 0),
        show(figure(rounds, m -> 1e6 / m.perCpuSecond()), 2),
        show(figure(rounds, Measurement::liveHeapMebibytes), 0),
        show(figure(rounds, Measurement::peakMebibytes), 0),
        show(objects, 0),
        show(excess, 2),
        Cell.failure(rounds).orElse(""));
  }

  private static OptionalDouble figure(List<Taken> rounds, ToDoubleFunction<Measurement> figure) {
    return Cell.median(rounds, taken -> figure.applyAsDouble(taken.measurement().orElseThrow()));
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
