package dev.sluice.images.report;

import dev.sluice.common.report.Card;
import dev.sluice.common.report.Cell;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Markup;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Quantiles;
import dev.sluice.common.report.Table;
import dev.sluice.common.report.chart.BarChart;
import java.util.List;
import java.util.Locale;
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

  Piece cards() {
    Card timing =
        new Card(
            "Time per image",
            "Decoding with preparation, and the share of a forward pass.",
            timing());
    return Card.row(
        new Card("Confidence", "Images by the probability of their first answer.", confidence()),
        new Card("Batch size", "Forward passes by their number of images.", batchSizes()),
        new Card("Classes", "Images by their first answer.", this::classes),
        run.mistakes.wrong() == 0
            ? timing
            : Card.stack(
                timing,
                new Card(
                    "Mistakes", "Where the name of the folder is the label.", this::mistakes)));
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

  private void classes(Markup html) {
    ranked(html, "Class", run.totals.imagesByClass(), CLASSES);
  }

  private void mistakes(Markup html) {
    ranked(html, "Mistake", run.mistakes.ranked(), PAIRS);
  }

  private static void ranked(
      Markup html, String head, List<Map.Entry<String, Long>> counts, int limit) {
    double most = counts.get(0).getValue();
    // Bars of ones only would all be full.
    Table table = most > 1 ? Table.of(head, "Share", "Images") : Table.of(head, "Images");
    for (Map.Entry<String, Long> entry : counts.subList(0, Math.min(limit, counts.size()))) {
      Cell images = Cell.number(Figures.count(entry.getValue()));
      if (most > 1) {
        table.row(entry.getKey(), Cell.bar(entry.getValue() / most), images);
      } else {
        table.row(entry.getKey(), images);
      }
    }
    table.write(html);
    long rest = counts.stream().skip(limit).mapToLong(Map.Entry::getValue).sum();
    if (rest > 0) {
      String kind = counts.size() - limit == 1 ? head : head + (head.endsWith("s") ? "es" : "s");
      html.element(
          "p",
          String.format(
              "And %s more %s with %s.",
              Figures.count(counts.size() - limit),
              kind.toLowerCase(Locale.ROOT),
              Figures.count(rest, "image")),
          "class",
          "note");
    }
  }

  private Table timing() {
    Table table = Table.of("Step", "Median", "95th percentile");
    timing(table, "Decode", run.totals.decodeMillis);
    timing(table, "Inference", run.totals.inferenceMillis);
    return table;
  }

  private static void timing(Table table, String step, Quantiles times) {
    table.row(
        step,
        Cell.number(Figures.millis(times.at(0.5))),
        Cell.number(Figures.millis(times.at(0.95))));
  }
}
