package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Page;
import java.time.Instant;

/** The page: headline, figures, timeline, steps, audit. */
final class DrillPage {
  private final DrillRun run;
  private final DrillVerdict verdict;

  DrillPage(DrillRun run) {
    this.run = run;
    this.verdict = new DrillVerdict(run);
  }

  String html(Instant made) {
    Page page = new Page("Failover drill", verdict.headline());
    verdict.faults().forEach(page::remark);
    return page.options(run.options).html(made);
  }
}
