package dev.sluice.replication.drill.report;

import org.apache.flink.core.fs.Path;

/** What a drill shows on the terminal at its end. Immutable. */
public final class DrillSummary {
  private final DrillVerdict verdict;
  private final Path page;

  DrillSummary(DrillRun run, Path page) {
    this.verdict = new DrillVerdict(run);
    this.page = page;
  }

  /** Whether the drill went through, nothing is lost or out of order, and the audit is equal. */
  public boolean isGood() {
    return verdict.isGood();
  }

  /** What happened in a sentence, what is wrong, and where the page is. */
  public String text() {
    StringBuilder text = new StringBuilder("  ").append(verdict.headline()).append('\n');
    verdict.faults().forEach(fault -> text.append("  WRONG   ").append(fault).append('\n'));
    return text.append("  Report  ").append(page).append('\n').toString();
  }
}
