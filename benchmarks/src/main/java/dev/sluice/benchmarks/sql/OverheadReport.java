package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.PairedRatios;
import java.util.List;
import java.util.Locale;

/** What the job costs beside its SQL, in Markdown. */
final class OverheadReport {
  static final double GOAL = 0.02;

  private OverheadReport() {}

  /** A row of the table of goals. */
  static String goal(List<Overhead> all) {
    PairedRatios mean = mean(all);
    return String.format(
        Locale.ROOT,
        "| the job costs less than %.0f %% over bare SQL | %s CPU time a tick, mean of %d queries in"
            + " %d pairs, and its standard error | %s |",
        100 * GOAL,
        mean.percent(),
        all.size(),
        mean.pairs(),
        all.stream().allMatch(one -> one.note().isEmpty()) ? mean.below(GOAL) : "**failed**");
  }

  static String head(OverheadPlan plan) {
    return String.format(
        Locale.ROOT,
        "- queries: one JVM each, heap fixed, G1; %,d ticks count (of %s) behind %,d; checkpoints"
            + " every %d ms; %d runs of each warm up, then pairs for %d s, at most %d; seed %d%s",
        plan.counting(),
        shares(),
        plan.before(),
        plan.intervalMillis(),
        plan.warmUps(),
        plan.limit().toSeconds(),
        plan.pairs(),
        plan.seed(),
        plan.bareOnly() ? "; **bare SQL against itself**" : "");
  }

  static String table(List<Overhead> all) {
    StringBuilder text = new StringBuilder();
    text.append("\n## JSON in, JSON out: through the job, and by a bare table environment\n\n")
        .append(
            "| query | pairs | overhead of the job, CPU time a tick | below 2 % | CPU µs a tick,")
        .append(
            " job | bare | overhead, wall time | s that count | compiler, CPU s, job, bare | CPU s of start and end, job,")
        .append(" bare | rows out, job, bare | |\n")
        .append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    all.forEach(one -> text.append(one.row()).append('\n'));
    return text.toString();
  }

  private static PairedRatios mean(List<Overhead> all) {
    return PairedRatios.meanOf(
        all.stream().map(Overhead::cpu).filter(ratios -> ratios.pairs() > 0).toList());
  }

  private static String shares() {
    return String.format(
        Locale.ROOT,
        "MATCH_RECOGNIZE %.1f %%, of deduplication %.0f %% of them",
        100 * Query.PATTERN.share,
        100 * Query.DEDUPLICATE.share);
  }
}
