package dev.sluice.images.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The page: head, figures, images, charts, dead letters, foot. */
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
  String html() throws IOException {
    Markup html = new Markup();
    html.open("html", "lang", "en");
    head(html);
    html.open("body").open("main");
    title(html);
    figures(html);
    if (contents.totals.images() > 0) {
      try (Thumbnails thumbnails = new Thumbnails()) {
        new ContactSheet(contents, thumbnails).write(html);
      }
      new Distributions(contents).write(html);
    }
    new DeadLetterTable(contents.deadLetters).write(html);
    foot(html);
    return html.close("main").close("body").close("html").finish();
  }

  private void head(Markup html) throws IOException {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    // Whatever a file name holds, the browser loads nothing and runs nothing.
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    html.element("title", "Image classification: " + modelName());
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      byte[] bytes =
          Objects.requireNonNull(css, "report.css is not beside this class").readAllBytes();
      html.style(new String(bytes, StandardCharsets.UTF_8));
    }
    html.close("head");
  }

  private String modelName() {
    return contents.totals.model().map(Model::toString).orElse("no results");
  }

  private void title(Markup html) {
    html.open("header").element("p", "Image classification", "class", "eyebrow");
    html.element("h1", modelName()).open("p", "class", "facts");
    Optional<Model> model = contents.totals.model();
    if (model.isPresent()) {
      String sha256 = model.get().sha256;
      String hash = sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
      html.open("span", "title", sha256).text("SHA-256 ").element("code", hash).close("span");
    }
    if (run.start != null) {
      html.element("span", Figures.time(run.start));
    }
    if (run.wall != null) {
      html.element("span", "took " + Figures.duration(run.wall));
    }
    html.close("p");
    if (contents.totals.models() > 1) {
      String models = Figures.count(contents.totals.models());
      html.element(
          "p", "Results of " + models + " models together; this one gave most.", "class", "note");
    }
    if (contents.totals.images() == 0) {
      html.element("p", "No image was classified in this run.", "class", "empty");
    }
    html.close("header");
  }

  private void figures(Markup html) {
    RunSummary summary = new RunSummary(run, contents, null);
    html.open("dl", "class", "figures");
    linked(html, "Images classified", Figures.count(summary.images()), ContactSheet.ID);
    linked(html, "Dead letters", Figures.count(summary.deadLetters()), DeadLetterTable.ID);
    summary
        .imagesPerSecond()
        .ifPresent(rate -> figure(html, "Images per second", Figures.decimal(rate), ""));
    if (summary.images() > 0) {
      figure(html, "Mean batch", Figures.decimal(contents.totals.meanBatch()), "");
    }
    if (contents.mistakes.labelled() > 0) {
      double share = (double) contents.mistakes.right() / contents.mistakes.labelled();
      String of =
          String.format(
              "%s of %s with a known label",
              Figures.count(contents.mistakes.right()),
              Figures.count(contents.mistakes.labelled()));
      figure(html, "Accuracy", Figures.percent(share), of);
    }
    html.close("dl");
  }

  /** A figure that leads to the part of the page that it counts. */
  private static void linked(Markup html, String name, String value, String id) {
    html.open("div").element("dt", name).open("dd");
    html.element("a", value, "href", "#" + id).close("dd").close("div");
  }

  private static void figure(Markup html, String name, String value, String note) {
    html.open("div").element("dt", name).open("dd").text(value).close("dd");
    if (!note.isEmpty()) {
      html.element("dd", note, "class", "note");
    }
    html.close("div");
  }

  private void foot(Markup html) {
    html.open("footer").element("h2", "How to read this");
    html.open("ul");
    for (String sentence : explanations()) {
      html.element("li", sentence);
    }
    html.close("ul");
    if (!run.options.isBlank()) {
      html.open("details").element("summary", "Options of this run");
      html.element("pre", run.options.strip()).close("details");
    }
    html.element("p", "Made by Sluice on " + Figures.time(made) + ".", "class", "note");
    html.close("footer");
  }

  private List<String> explanations() {
    List<String> sentences = new ArrayList<>();
    if (contents.totals.images() > 0) {
      sentences.add(
          "Under each image: the class that the model thinks most likely, and how likely, from 0 to"
              + " 100\u00A0%. Point at an image for its file name and the next best classes.");
      sentences.add(
          "The label of an image is the name of its folder, if the model knows a class of that name;"
              + " otherwise the label is unknown and counts neither as right"
              + " nor as wrong. Wrong answers have a red frame, and the label stands below them.");
      sentences.add(
          "Images are classified in batches, one forward pass each; larger batches use the processor"
              + " better. Times are per image; median and percentile are at most 1\u00A0% off.");
    }
    sentences.add(
        "Guarantee: each image that was read is exactly once in the finished files, as a result or as"
            + " a dead letter with its reason.");
    return sentences;
  }
}
