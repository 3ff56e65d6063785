package dev.sluice.images.report;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Confidence, batch sizes, classes, mistakes and timing. */
final class Distributions {
  private static final int CLASSES = 20;
  private static final int PAIRS = 8;
  private static final int SIZES = 16;

  private final RunContents run;

  Distributions(RunContents run) {
    this.run = run;
  }

  void write(Markup html) {
    html.open("section", "class", "cards");
    card(html, "Confidence", "Images by the probability of their first answer.");
    confidence().write(html);
    html.close("div");
    card(html, "Batch size", "Forward passes by their number of images.");
    batchSizes().write(html);
    html.close("div");
    card(html, "Classes", "Images by their first answer.");
    List<Map.Entry<String, Long>> classes = run.totals.imagesByClass();
    bars(html, "Class", classes, CLASSES, "class", "classes");
    html.close("div");
    html.open("div", "class", "stack");
    card(html, "Time per image", "Decoding with preparation, and the share of a forward pass.");
    timing(html);
    html.close("div");
    if (run.mistakes.wrong() > 0) {
      card(html, "Mistakes", "Where the name of the folder is the label.");
      bars(html, "Mistake", run.mistakes.ranked(), PAIRS, "mistake", "mistakes");
      html.close("div");
    }
    html.close("div").close("section");
  }

  private static void card(Markup html, String title, String note) {
    html.open("div", "class", "card").element("h2", title).element("p", note, "class", "note");
  }

  private BarChart confidence() {
    String[] labels = new String[RunTotals.CONFIDENCE_BINS];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i * 10 + "–" + (i + 1) * 10;
    }
    return new BarChart(
        "Histogram of confidence", "probability in %", labels, run.totals.confidence());
  }

  /** A bar per size if there are few, otherwise a bar per range of sizes. */
  private BarChart batchSizes() {
    NavigableMap<Integer, Long> batches = run.totals.batchesBySize();
    int range = (batches.lastKey() + SIZES - 1) / SIZES;
    int bars = (batches.lastKey() + range - 1) / range;
    String[] labels = new String[bars];
    for (int i = 0; i < bars; i++) {
      int first = i * range + 1;
      labels[i] = range == 1 ? "" + first : first + "–" + (first + range - 1);
    }
    long[] values = new long[bars];
    batches.forEach((size, n) -> values[(size - 1) / range] += n);
    return new BarChart("Histogram of batch sizes", "images in a forward pass", labels, values);
  }

  private static void bars(
      Markup html,
      String head,
      List<Map.Entry<String, Long>> counts,
      int limit,
      String one,
      String many) {
    double most = counts.get(0).getValue();
    html.open("table", "class", most > 1 ? "bars" : "bars ones").open("thead").open("tr");
    html.element("th", head, "scope", "col").element("th", "Share", "scope", "col");
    html.element("th", "Images", "scope", "col", "class", "number");
    html.close("tr").close("thead").open("tbody");
    for (Map.Entry<String, Long> entry : counts.subList(0, Math.min(limit, counts.size()))) {
      html.open("tr").element("th", entry.getKey(), "scope", "row");
      html.open("td", "class", "track");
      if (most > 1) { // bars of ones only would all be full
        html.open("span", "class", "track-bar");
        html.open("span", "style", ContactSheet.width(entry.getValue() / most)).close("span");
        html.close("span");
      }
      html.close("td");
      html.element("td", Figures.count(entry.getValue()), "class", "number").close("tr");
    }
    html.close("tbody").close("table");
    long rest = counts.stream().skip(limit).mapToLong(Map.Entry::getValue).sum();
    if (rest > 0) {
      int kinds = counts.size() - limit;
      html.element(
          "p",
          String.format(
              "And %s more %s with %s.",
              Figures.count(kinds), kinds == 1 ? one : many, Figures.count(rest, "image")),
          "class",
          "note");
    }
  }

  private void timing(Markup html) {
    html.open("table").open("thead").open("tr").element("th", "Step", "scope", "col");
    html.element("th", "Median", "scope", "col", "class", "number");
    html.element("th", "95th percentile", "scope", "col", "class", "number");
    html.close("tr").close("thead").open("tbody");
    timing(html, "Decode", run.totals.decodeMillis);
    timing(html, "Inference", run.totals.inferenceMillis);
    html.close("tbody").close("table");
  }

  private static void timing(Markup html, String step, Quantiles times) {
    html.open("tr").element("th", step, "scope", "row");
    html.element("td", Figures.millis(times.at(0.5)), "class", "number");
    html.element("td", Figures.millis(times.at(0.95)), "class", "number").close("tr");
  }
}
