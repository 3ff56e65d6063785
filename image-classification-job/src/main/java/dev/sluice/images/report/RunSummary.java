package dev.sluice.images.report;

import dev.sluice.common.report.Figures;
import java.util.OptionalDouble;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** What a run did, in a few lines for a console. Immutable. */
public final class RunSummary {
  private static final int REASONS = 6;

  private final Run run;
  private final long images;
  private final double meanBatch;
  private final String accuracy;
  private final long deadLetters;
  private final String deadLettersInOneLine;
  private final @Nullable Path report;

  RunSummary(Run run, RunContents contents, @Nullable Path report) {
    this.run = run;
    this.images = contents.totals.images();
    this.meanBatch = contents.totals.meanBatch();
    this.accuracy = contents.mistakes.labelled() == 0 ? "" : contents.mistakes.accuracy();
    this.deadLetters = contents.deadLetters.total();
    this.deadLettersInOneLine = contents.deadLetters.inOneLine(REASONS);
    this.report = report;
  }

  /** Results in finished files. */
  public long images() {
    return images;
  }

  /** Dead letters in finished files. */
  public long deadLetters() {
    return deadLetters;
  }

  /** Results per second of the run; empty if its duration is unknown. */
  public OptionalDouble imagesPerSecond() {
    return run.wall == null || run.wall.isZero() || run.wall.isNegative()
        ? OptionalDouble.empty()
        : OptionalDouble.of(images / (run.wall.toNanos() / 1e9));
  }

  /**
   * Up to five lines, each with its end, in plain ASCII but for names that are not:
   *
   * <pre>
   *   Classified   82 images in 6.1 s (13.4/s), mean batch 14.2
   *   Accuracy     81 of 82 (98.8 %) where the folder's name is the label
   *   Dead letters 6: image-corrupt 1, image-empty 1, image-truncated 1
   *   Results      file:/…/classifications
   *   Report       file:/…/report.html
   * </pre>
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "Classified", classified());
    if (!accuracy.isEmpty()) {
      line(text, "Accuracy", accuracy + " where the folder's name is the label");
    }
    line(text, "Dead letters", deadLettersInOneLine);
    line(text, "Results", run.classifications.toString());
    if (report != null) {
      line(text, "Report", report.toString());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-12s %s%n", name, value));
  }

  private String classified() {
    StringBuilder text = new StringBuilder(Figures.count(images, "image"));
    if (run.wall != null) {
      text.append(" in ").append(Figures.duration(run.wall));
    }
    imagesPerSecond()
        .ifPresent(rate -> text.append(" (").append(Figures.decimal(rate)).append("/s)"));
    if (images > 0) {
      text.append(", mean batch ").append(Figures.decimal(meanBatch));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
