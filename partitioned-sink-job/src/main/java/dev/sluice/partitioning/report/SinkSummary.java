package dev.sluice.partitioning.report;

import dev.sluice.common.report.Figures;
import java.util.OptionalDouble;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** What a run did, in a few lines for a console. Immutable. */
public final class SinkSummary {
  private static final int REASONS = 4;

  private final SinkRun run;
  private final SinkContents contents;
  private final @Nullable Path report;

  SinkSummary(SinkRun run, SinkContents contents, @Nullable Path report) {
    this.run = run;
    this.contents = contents;
    this.report = report;
  }

  /**
   * Records in finished objects, dead letters aside; as the tasks have counted them if they could
   * not be counted in the objects, and -1 if neither is known.
   */
  public long records() {
    return contents.records >= 0 && contents.complete ? contents.records : run.rows;
  }

  /** Whether {@link #records} were counted in the objects. */
  boolean recordsWereCounted() {
    return contents.records >= 0 && contents.complete;
  }

  /** Finished objects, those of dead letters aside. */
  public long objects() {
    return contents.objects;
  }

  /** Prefixes with at least one object, those of dead letters aside. */
  public long partitions() {
    return contents.partitions;
  }

  /** Dead letters in finished objects. */
  public long deadLetters() {
    return contents.deadLetters.total();
  }

  /** Of the objects as they are stored, those of dead letters aside. */
  public long bytes() {
    return contents.bytes;
  }

  /** Records per second of the run; empty if its duration, or their number, is unknown. */
  public OptionalDouble recordsPerSecond() {
    return run.wall == null || run.wall.isZero() || run.wall.isNegative() || records() < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(records() / (run.wall.toNanos() / 1e9));
  }

  /** What is not exact is marked so. */
  String recordsShown() {
    return records() < 0 ? "–" : (recordsWereCounted() ? "" : "~") + Figures.count(records());
  }

  String atLeast(String figure) {
    return contents.complete ? figure : "≥ " + figure;
  }

  String deadLettersShown() {
    String count = Figures.count(deadLetters());
    return contents.unreadErrorObjects > 0 || !contents.complete ? "≥ " + count : count;
  }

  /**
   * Up to five lines, each with its end, in plain ASCII but for names that are not:
   *
   * <pre>
   *   Written      4,024 records in 3.1 s (1,298.1/s)
   *   Objects      253 in 212 partitions, 463.7 kB
   *   Dead letters 24: DynamicPartitioning.MetadataExtractionFailed 24
   *   Output       file:/…/2026-01-01-120000
   *   Report       file:/…/2026-01-01-120000/report.html
   * </pre>
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "Written", written());
    line(text, "Objects", objectsInPartitions());
    line(text, "Dead letters", deadLettersByReason());
    line(text, "Output", run.root.toString());
    if (report != null) {
      line(text, "Report", report.toString());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-12s %s%n", name, value));
  }

  private String written() {
    StringBuilder text = new StringBuilder();
    if (records() < 0) {
      text.append("an unknown number of records");
    } else {
      text.append(recordsWereCounted() ? "" : "about ").append(Figures.count(records(), "record"));
    }
    if (run.wall != null) {
      text.append(" in ").append(Figures.duration(run.wall));
    }
    recordsPerSecond()
        .ifPresent(rate -> text.append(" (").append(Figures.decimal(rate)).append("/s)"));
    return text.toString();
  }

  private String objectsInPartitions() {
    return (contents.complete ? "" : "at least ")
        + Figures.count(objects())
        + " in "
        + Figures.count(partitions(), "partition")
        + ", "
        + Figures.bytes(bytes());
  }

  private String deadLettersByReason() {
    String line = contents.deadLetters.inOneLine(REASONS);
    return contents.unreadErrorObjects == 0
        ? line
        : line
            + ", and those of "
            + Figures.count(contents.unreadErrorObjects, "object")
            + " unread";
  }

  @Override
  public String toString() {
    return text();
  }
}
