package dev.sluice.partitioning.report;

import dev.sluice.common.report.Card;
import dev.sluice.common.report.DeadLetterTable;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Page;
import dev.sluice.common.report.Section;
import java.time.Instant;
import java.util.OptionalDouble;

/** The page: title, figures, treemap, object sizes, largest partitions, dead letters. */
final class SinkPage {
  private static final String PARTITIONS = "partitions";
  private static final String OBJECTS = "objects";

  private final SinkRun run;
  private final SinkContents contents;
  private final SinkSummary summary;

  SinkPage(SinkRun run, SinkContents contents) {
    this.run = run;
    this.contents = contents;
    this.summary = new SinkSummary(run, contents, null);
  }

  String html(Instant made) {
    Page page = new Page("Partitioned sink", title());
    facts(page);
    figures(page);
    if (contents.objects > 0) {
      PartitionCharts charts = new PartitionCharts(run, contents);
      page.add(new Section(PARTITIONS, "Partitions", charts.treemapNote(), charts.treemap()));
      page.add(html -> cards(html, charts));
    }
    page.add(
        new DeadLetterTable(
            contents.deadLetters,
            "record",
            "not written to a partition",
            "None: each record that was read has its partition."));
    explain(page);
    return page.options(run.options).html(made);
  }

  private String title() {
    if (contents.objects == 0) {
      return "no results";
    }
    String partitions = summary.atLeast(Figures.count(contents.partitions, "partition"));
    return summary.records() < 0
        ? partitions
        : summary.recordsShown()
            + (summary.records() == 1 ? " record in " : " records in ")
            + partitions;
  }

  private void facts(Page page) {
    page.fact(html -> html.element("code", run.root.toString()));
    if (run.start != null) {
      page.fact(Figures.time(run.start));
    }
    if (run.wall != null) {
      page.fact("took " + Figures.duration(run.wall));
    }
    if (contents.older > 0) {
      page.remark(
          Figures.count(contents.older, "older object") + " in the same folder not counted.");
    }
    if (!contents.complete) {
      page.remark(
          "The folder is too large to be listed as a whole: figures with ≥ are lower bounds.");
    }
    if (contents.objects == 0) {
      page.nothing("No record was written to a partition in this run.");
    }
  }

  private void figures(Page page) {
    page.figure("Records written", summary.recordsShown(), rate());
    page.linked("Dead letters", summary.deadLettersShown(), DeadLetterTable.ID);
    if (contents.objects > 0) {
      page.linked("Partitions", summary.atLeast(Figures.count(contents.partitions)), PARTITIONS);
      page.linked("Objects", summary.atLeast(Figures.count(contents.objects)), OBJECTS);
      page.figure("Size", summary.atLeast(Figures.bytes(contents.bytes)));
    }
  }

  private String rate() {
    OptionalDouble rate = summary.recordsPerSecond();
    return rate.isPresent() ? Figures.decimal(rate.getAsDouble()) + " per second" : "";
  }

  private void cards(Markup html, PartitionCharts charts) {
    html.open("div", "id", OBJECTS);
    Card sizes = new Card("Object sizes", charts.sizesNote(), contents.sizes.chart());
    Card largest = new Card("Largest partitions", charts.skew(), charts.largest());
    if (run.cuts.values().stream().anyMatch(count -> count > 0)) {
      Card cuts = new Card("Why objects ended", charts.cutsNote(), charts.cuts());
      Card.row(Card.stack(sizes, cuts), largest).write(html);
    } else {
      Card.row(sizes, largest).write(html);
    }
    html.close("div");
  }

  private void explain(Page page) {
    if (contents.objects > 0) {
      page.explain(
          "A partition is what lies below one prefix. Its area is as its bytes, as they are stored;"
              + " point at it for its whole prefix.");
      page.explain(
          summary.recordsWereCounted()
              ? "Records were counted in the finished objects."
              : "Records were not counted in the objects, because of their format or their size, but"
                  + " by the tasks: after a restart these count some twice.");
    }
    page.explain(
        "Guarantee: each record that was read is exactly once in the finished objects, in its partition"
            + " or as a dead letter with its reason, unless a transformer dropped it.");
  }
}
