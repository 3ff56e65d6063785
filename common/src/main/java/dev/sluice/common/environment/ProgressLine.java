package dev.sluice.common.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the progress line of a local run shows, from metrics by their stable names.
 *
 * <pre>{@code
 * ProgressLine.NONE
 *     .count("images", "classifiedImages")
 *     .count("rejected", "rejectedImages")
 *     .rate("classifiedImages")
 *     .mean("batch mean", "batchSize"); // images 34 · rejected 3 · 12.3/s · batch mean 15.2
 * }</pre>
 *
 * <p>A metric is named by its own name, {@code classifiedImages}, or with its operator where
 * several have one of that name: {@code classify image/numRecordsIn}. Immutable.
 */
public final class ProgressLine {
  /** Shows nothing: the start of every line. */
  public static final ProgressLine NONE = new ProgressLine(List.of());

  private enum Kind {
    COUNT,
    SILENT,
    RATE,
    MEAN
  }

  private final List<Part> parts;

  private ProgressLine(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** The sum of a counter, or of the values seen by a histogram, over all subtasks. */
  public ProgressLine count(String label, String metric) {
    return with(new Part(Kind.COUNT, label, metric));
  }

  /**
   * What a counter gained per second in the last few seconds; in the last line, in the whole run.
   */
  public ProgressLine rate(String metric) {
    return with(new Part(Kind.RATE, "", metric));
  }

  /** The mean of a histogram over all subtasks, each weighted with how much it has seen. */
  public ProgressLine mean(String label, String metric) {
    return with(new Part(Kind.MEAN, label, metric));
  }

  /** A counter that is summed as the others are, for a summary, and not shown in the line. */
  public ProgressLine silently(String metric) {
    return with(new Part(Kind.SILENT, "", metric));
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Names of all metrics that the line needs. */
  Set<String> metrics() {
    return parts.stream().map(part -> part.metric).collect(Collectors.toUnmodifiableSet());
  }

  String format(Progress progress) {
    return parts.stream()
        .filter(part -> part.kind != Kind.SILENT)
        .map(part -> part.format(progress))
        .collect(Collectors.joining(" · "));
  }

  private ProgressLine with(Part part) {
    List<Part> longer = new ArrayList<>(parts);
    longer.add(part);
    return new ProgressLine(longer);
  }

  private static final class Part {
    private final Kind kind;
    private final String label;
    private final String metric;

    private Part(Kind kind, String label, String metric) {
      this.kind = kind;
      this.label = label;
      this.metric = metric;
    }

    private String format(Progress progress) {
      switch (kind) {
        case COUNT:
          return label + " " + progress.count(metric);
        case RATE:
          return String.format(Locale.ROOT, "%.1f/s", progress.rate(metric));
        case MEAN:
          return label + " " + String.format(Locale.ROOT, "%.1f", progress.mean(metric));
        default:
          throw new IllegalStateException(kind.name());
      }
    }
  }
}
