package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.PairedRatios;
import dev.sluice.benchmarks.measure.Statistics;
import dev.sluice.benchmarks.measure.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The runs of a query through the job and without it, pair by pair. */
record Overhead(Query query, List<Stretch> job, List<Stretch> bare, String note) {

  /** Of the lines of {@link OverheadProcess}: the job's and the bare one, in turn. */
  static Overhead of(Query query, List<String> lines) {
    List<Stretch> job = new ArrayList<>();
    List<Stretch> bare = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      job.add(Stretch.of(lines.get(i)));
      bare.add(Stretch.of(lines.get(i + 1)));
    }
    boolean same = rows(job).equals(rows(bare)) && rows(job).size() == 1;
    return new Overhead(query, job, bare, same ? "" : "**rows differ**");
  }

  static Overhead failed(Query query, String why) {
    return new Overhead(query, List.of(), List.of(), "failed: " + why);
  }

  PairedRatios cpu() {
    return ratios(Stretch::cpuMicros);
  }

  PairedRatios wall() {
    return ratios(Stretch::micros);
  }

  private PairedRatios ratios(ToDoubleFunction<Stretch> cost) {
    return PairedRatios.of(
        IntStream.range(0, job.size())
            .mapToObj(i -> cost.applyAsDouble(job.get(i)) / cost.applyAsDouble(bare.get(i)))
            .toList());
  }

  /** A line of the table. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %s, %s | %s, %s | %s, %s | %s |",
        query.title,
        job.size(),
        cpu().percent(),
        cpu().below(OverheadReport.GOAL),
        median(job, Stretch::cpuMicros, 3),
        median(bare, Stretch::cpuMicros, 3),
        wall().percent(),
        median(job, Stretch::seconds, 1),
        median(job, Stretch::compilerSeconds, 2),
        median(bare, Stretch::compilerSeconds, 2),
        median(job, Stretch::restCpuSeconds, 2),
        median(bare, Stretch::restCpuSeconds, 2),
        words(job),
        words(bare),
        note);
  }

  private static String median(List<Stretch> runs, ToDoubleFunction<Stretch> figure, int digits) {
    OptionalDouble median = Statistics.median(runs.stream().map(figure::applyAsDouble).toList());
    return Statistics.show(median, digits);
  }

  private static List<Long> rows(List<Stretch> runs) {
    return runs.stream().map(Stretch::results).distinct().toList();
  }

  private static String words(List<Stretch> runs) {
    return rows(runs).stream()
        .map(rows -> String.format(Locale.ROOT, "%,d", rows))
        .collect(Collectors.joining(" or "));
  }
}
