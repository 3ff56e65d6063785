package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Card;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Page;
import dev.sluice.common.report.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The page: headline, figures, timeline, steps, events, records, audit. */
final class DrillPage {
  private static final String UNKNOWN = "–";

  private final DrillRun run;
  private final DrillVerdict verdict;

  DrillPage(DrillRun run) {
    this.run = run;
    this.verdict = new DrillVerdict(run);
  }

  String html(Instant made) {
    Page page = new Page("Failover drill", verdict.headline());
    page.fact(run.home + " is home, " + run.away + " away");
    page.fact(Figures.time(run.start));
    page.fact("took " + Figures.duration(run.wall()));
    verdict.faults().forEach(page::fault);
    figures(page);
    parts(page, new DrillTables(run));
    explain(page);
    return page.options(run.options).html(made);
  }

  private void figures(Page page) {
    DrillTotals totals = run.totals;
    page.figure("Detection", time(totals.detection()), "from the outage to the verdict");
    page.figure("RTO", time(totals.recovery()), "from the outage to the first record away");
    page.figure("RPO", shown(totals.backlogRecords()), rpoNote());
    judged(page, "Lost", totals.lost(), ofAccepted());
    page.figure("Repeated", shown(totals.repeated()), "copies, which the consumer dropped");
    judged(page, "Out of order", totals.outOfOrder(), "within their keys");
  }

  private static String time(Optional<Duration> time) {
    return time.map(Figures::duration).orElse(UNKNOWN);
  }

  private String rpoNote() {
    return "records not yet away when the outage began"
        + run.totals.backlog().map(time -> ", " + Figures.duration(time) + " behind").orElse("");
  }

  private String ofAccepted() {
    OptionalLong accepted = run.totals.accepted();
    return accepted.isPresent()
        ? "of " + Figures.count(accepted.getAsLong()) + " that were accepted"
        : "of those that were accepted";
  }

  /** A figure that should be zero. */
  private static void judged(Page page, String name, OptionalLong count, String note) {
    if (count.orElse(0) > 0) {
      page.wrongFigure(name, shown(count), note);
    } else {
      page.figure(name, shown(count), note);
    }
  }

  /** A count, or that there is none, which is not zero. */
  static String shown(OptionalLong count) {
    return count.isPresent() ? Figures.count(count.getAsLong()) : UNKNOWN;
  }

  private void parts(Page page, DrillTables tables) {
    if (run.last().isAfter(run.start)) {
      page.add(new Section("timeline", "Timeline", timelineNote(), DrillTimeline.of(run)));
    }
    if (!run.phases.isEmpty()) {
      page.add(new Section("steps", "Steps", "In their order.", tables.steps()));
    }
    Card records = new Card("Records", "Where each of them is.", tables.records());
    List<DrillTables.Span> spans = tables.spans();
    page.add(
        spans.isEmpty()
            ? Card.row(records)
            : Card.row(
                records,
                new Card("How the time went", "Between two events.", tables.times(spans))));
    if (!run.events.isEmpty()) {
      page.add(new Section("events", "Events", "As they were seen.", tables.events()));
    }
    if (!run.audit.isEmpty()) {
      page.add(new Section("audit", "Audit", "By arrival in the stream, in UTC.", tables.audit()));
    }
  }

  private String timelineNote() {
    return run.homeSamples.isEmpty() && run.awaySamples.isEmpty()
        ? "States and events; no throughput was measured."
        : "Minutes and seconds since the start. Point at a line for what was seen.";
  }

  private void explain(Page page) {
    page.explain(
        "Active is the Region that the register names: producers write there. Standby is the other one."
            + " Fenced: nobody may write, until the copy back is at its end.");
    page.explain(
        "Lost is a record of which a producer was told that it is stored, and that the consumer never"
            + " saw. A failed put is none: the producer keeps the record and sends it again.");
    page.explain(
        "RTO is the time without writing. RPO is what a consumer away could not see while home was gone;"
            + " it is not lost, but copied when home is back.");
    page.explain(
        "Repeated records are part of the guarantee, at least once: they carry the version of the first"
            + " one, by which the consumer drops them.");
    page.explain(
        "The audit looks for each record of one stream in the other, by partition key and bytes.");
  }
}
