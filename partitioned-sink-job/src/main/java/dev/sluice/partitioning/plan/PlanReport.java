package dev.sluice.partitioning.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as text for a terminal, 100 columns wide. */
final class PlanReport {
  static final int WIDTH = 100;

  private static final int LABEL = 12;
  private static final int NAME = 42;
  private static final int REASON = 60;
  private static final int REASONS = 20;

  private final String sampleName;
  private final SampleSummary sample;
  private final PlanRequest.Rate rate;
  private final PlanEstimate plan;
  private final StringBuilder text = new StringBuilder();

  PlanReport(String sampleName, SampleSummary sample, PlanRequest.Rate rate, PlanEstimate plan) {
    this.sampleName = sampleName;
    this.sample = sample;
    this.rate = rate;
    this.plan = plan;
  }

  /**
   * @param top partitions that are listed
   */
  String text(int top) {
    text.setLength(0);
    text.append("Plan for a stream like ").append(PlainText.safe(sampleName, 70)).append("\n\n");
    source();
    partitions();
    objects();
    text.append('\n');
    table(top);
    deadLetters();
    warnings();
    return text.toString();
  }

  private void source() {
    line(
        "Sample",
        PlainText.count(sample.rows(), "record")
            + ", "
            + PlainText.count(sample.failed())
            + " of them dead letters; "
            + PlainText.bytes(sample.bytes())
            + " in all");
    line(
        "Rate",
        PlainText.amount(plan.all().recordsPerSecond)
            + " records/s, "
            + PlainText.bytes(plan.bytesPerSecond())
            + "/s ("
            + rate.origin
            + ")");
    line(
        "Rules",
        "objects end with "
            + PlainText.bytes(plan.settings.bufferBytes())
            + " of rows or after "
            + PlainText.seconds(PlanSettings.seconds(plan.settings.interval()))
            + (endEarly() ? ", here after " + PlainText.seconds(plan.effectiveSeconds) : ""));
  }

  private boolean endEarly() {
    return plan.effectiveSeconds < PlanSettings.seconds(plan.settings.interval());
  }

  private void partitions() {
    line(
        "Partitions",
        PlainText.count(plan.skew.partitions)
            + " in the sample, "
            + (plan.unseen.share() == 0
                ? "and no sign of more"
                : "and about "
                    + PlainText.count(Math.max(1, plan.unseen.number()))
                    + " or more that it does not show (Chao1), with "
                    + PlainText.percent(plan.unseen.share())
                    + " of the records to come (Good-Turing)"));
    line(
        "Skew",
        "the largest has "
            + PlainText.percent(plan.skew.largest)
            + " of the rows, "
            + PlainText.amount(plan.skew.toMean)
            + " times the mean; Gini coefficient "
            + String.format(Locale.ROOT, "%.2f", plan.skew.gini));
    boolean limited = plan.settings.maxActive() < Double.POSITIVE_INFINITY;
    line(
        "Active",
        PlainText.amount(plan.active())
            + " partitions at a time, prefixes of dead letters included; limit "
            + (limited ? PlainText.count(plan.settings.maxActive()) : "none")
            + " (Firehose: "
            + PlanEstimate.FIREHOSE_PARTITIONS
            + " unless raised"
            + (plan.active() > PlanEstimate.FIREHOSE_PARTITIONS ? ", too few here)" : ")"));
    line(
        "Memory",
        PlainText.bytes(plan.memory())
            + " of rows wait on average, "
            + PlainText.bytes(plan.peakMemory())
            + " if all objects are due at once; there are "
            + PlainText.bytes(plan.totalMemory())
            + " in "
            + PlainText.count(plan.settings.parallelism(), "subtask"));
  }

  private void objects() {
    line(
        "Objects",
        PlainText.amount(plan.all().objectsPerHour)
            + " an hour, "
            + PlainText.bytes(plan.all().meanObjectBytes)
            + " on average; "
            + PlainText.percent(plan.smallObjects())
            + " of them below 1 MiB; they have "
            + String.format(Locale.ROOT, "%.2f", plan.compression)
            + " times the size of their rows");
    line(
        "Requests",
        PlainText.count(plan.all().requestsPerMonth)
            + " to S3 in 30 days: "
            + PlainText.count(plan.all().objectsPerMonth)
            + " times CreateMultipartUpload and CompleteMultipartUpload, "
            + PlainText.count(plan.all().partsPerMonth)
            + " times UploadPart; LIST, GET and DELETE are not counted");
  }

  private void line(String label, String words) {
    paragraph(label + " ".repeat(LABEL - label.length()), words, LABEL);
  }

  /** Wraps words at spaces. */
  private void paragraph(String start, String words, int indent) {
    StringBuilder line = new StringBuilder(start);
    boolean first = true;
    for (String word : words.split(" ", -1)) {
      if (!first && PlainText.columns(line.toString()) + 1 + PlainText.columns(word) > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(" ".repeat(indent));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
      first = false;
    }
    text.append(line).append('\n');
  }

  private void table(int top) {
    row(List.of("Partition", "Share", "Records/s", "Objects/h", "Object size", "Requests/30 d"));
    row(
        List.of(
            "-".repeat(NAME), "-----", "---------", "---------", "-----------", "-------------"));
    List<PartitionEstimate> rest = new ArrayList<>();
    int listed = 0;
    for (PartitionEstimate one : plan.partitions) {
      if (one.seen && !one.failed && listed++ >= top) {
        rest.add(one);
      }
    }
    plan.partitions.stream()
        .limit(Math.min(top, listed))
        .forEach(one -> row(one.name, List.of(one)));
    if (!rest.isEmpty()) {
      row("(" + PlainText.count(rest.size()) + " more)", rest);
    }
    plan.partitions.stream()
        .filter(one -> !one.seen)
        .forEach(
            one ->
                row(
                    "(" + PlainText.count(Math.max(1, one.number)) + " not in the sample)",
                    List.of(one)));
    List<PartitionEstimate> failed =
        plan.partitions.stream().filter(one -> one.failed).collect(Collectors.toList());
    if (!failed.isEmpty()) {
      row("(dead letters)", failed);
    }
  }

  private void row(String name, List<PartitionEstimate> ones) {
    PlanEstimate.Sum sum = plan.sumOf(ones);
    row(
        List.of(
            PlainText.safe(name, NAME),
            PlainText.percent(sum.recordsPerSecond / plan.all().recordsPerSecond),
            PlainText.amount(sum.recordsPerSecond),
            PlainText.amount(sum.objectsPerHour),
            PlainText.bytes(sum.meanObjectBytes),
            PlainText.count(sum.requestsPerMonth)));
  }

  private void row(List<String> cells) {
    int[] widths = {NAME, 7, 10, 10, 11, 13};
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(Math.max(0, widths[column] - PlainText.columns(cell)));
      line.append(column == 0 ? cell + padding : " " + padding + cell);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private void deadLetters() {
    List<Map.Entry<String, Long>> reasons = sample.deadLetters();
    if (reasons.isEmpty()) {
      return;
    }
    text.append("\nDead letters by reason\n");
    for (Map.Entry<String, Long> reason : reasons.subList(0, Math.min(REASONS, reasons.size()))) {
      String code = PlainText.safe(reason.getKey(), REASON);
      text.append("  ").append(code).append(" ".repeat(REASON - PlainText.columns(code)));
      text.append(
          String.format(
              Locale.ROOT,
              "%,12d %8s\n",
              reason.getValue(),
              PlainText.percent((double) reason.getValue() / sample.rows())));
    }
    if (reasons.size() > REASONS) {
      text.append("  and ").append(reasons.size() - REASONS).append(" more reasons\n");
    }
  }

  private void warnings() {
    List<String> all = new PlanWarnings(sample, rate, plan).all();
    for (String warning : all) {
      text.append('\n');
      paragraph("WARNING  ", warning, "WARNING  ".length());
    }
    if (all.isEmpty()) {
      text.append("\nNothing to warn of.\n");
    }
  }
}
