package dev.sluice.images.report;

import dev.sluice.common.report.DeadLetterTable;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Page;
import java.time.Instant;
import java.util.Optional;

/** The page: title, figures, images, charts, dead letters. */
final class ReportPage {
  private static final int SHORT_HASH = 7;

  private final Run run;
  private final RunContents contents;
  private final Instant made;

  /**
   * @param made shown in the foot; a parameter, so that the same results give the same page
   */
  ReportPage(Run run, RunContents contents, Instant made) {
    this.run = run;
    this.contents = contents;
    this.made = made;
  }

  /** One HTML file that refers to nothing outside itself. */
  String html() {
    Optional<Model> model = contents.totals.model();
    Page page = new Page("Image classification", model.map(Model::toString).orElse("no results"));
    page.style(Page.resource(ReportPage.class, "images.css"));
    model.ifPresent(known -> page.fact(html -> hash(html, known.sha256)));
    facts(page);
    figures(page);
    try (Thumbnails thumbnails = new Thumbnails()) {
      if (contents.totals.images() > 0) {
        page.add(new ContactSheet(contents, thumbnails));
        page.add(new Distributions(contents).cards());
      }
      page.add(
          new DeadLetterTable(
              contents.deadLetters,
              "image",
              "not classified",
              "None: each image that was read was classified."));
      explain(page);
      return page.options(run.options).html(made);
    }
  }

  private static void hash(Markup html, String sha256) {
    String hash = sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
    html.open("span", "title", sha256).text("SHA-256 ").element("code", hash).close("span");
  }

  private void facts(Page page) {
    if (run.start != null) {
      page.fact(Figures.time(run.start));
    }
    if (run.wall != null) {
      page.fact("took " + Figures.duration(run.wall));
    }
    if (contents.totals.models() > 1) {
      String models = Figures.count(contents.totals.models());
      page.remark("Results of " + models + " models together; this one gave most.");
    }
    if (contents.totals.images() == 0) {
      page.nothing("No image was classified in this run.");
    }
  }

  private void figures(Page page) {
    RunSummary summary = new RunSummary(run, contents, null);
    String images = Figures.count(summary.images());
    if (summary.images() > 0) {
      page.linked("Images classified", images, ContactSheet.ID);
    } else {
      page.figure("Images classified", images);
    }
    page.linked("Dead letters", Figures.count(summary.deadLetters()), DeadLetterTable.ID);
    summary
        .imagesPerSecond()
        .ifPresent(rate -> page.figure("Images per second", Figures.decimal(rate)));
    if (summary.images() > 0) {
      page.figure("Mean batch", Figures.decimal(contents.totals.meanBatch()));
    }
    if (contents.mistakes.labelled() > 0) {
      double share = (double) contents.mistakes.right() / contents.mistakes.labelled();
      String of =
          String.format(
              "%s of %s with a known label",
              Figures.count(contents.mistakes.right()),
              Figures.count(contents.mistakes.labelled()));
      page.figure("Accuracy", Figures.percent(share), of);
    }
  }

  private void explain(Page page) {
    if (contents.totals.images() > 0) {
      page.explain(
          "Under each image: the class that the model thinks most likely, and how likely, from 0 to"
              + " 100\u00A0%. Point at an image for its file name and the next best classes.");
      page.explain(
          "The label of an image is the name of its folder, if the model knows a class of that name;"
              + " otherwise the label is unknown and counts neither as right"
              + " nor as wrong. Wrong answers have a red frame, and the label stands below them.");
      page.explain(
          "Images are classified in batches, one forward pass each; larger batches use the processor"
              + " better. Times are per image; median and percentile are at most 1\u00A0% off.");
    }
    page.explain(
        "Guarantee: each image that was read is exactly once in the finished files, as a result or as"
            + " a dead letter with its reason.");
  }
}
