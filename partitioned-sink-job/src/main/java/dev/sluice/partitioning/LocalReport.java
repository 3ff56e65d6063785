package dev.sluice.partitioning;

import dev.sluice.common.environment.Progress;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.partitioning.report.SinkReport;
import dev.sluice.partitioning.report.SinkRun;
import dev.sluice.partitioning.report.SinkSummary;
import dev.sluice.partitioning.sink.CutReason;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A local run that has ended, or was stopped in order, is told on one page and in five lines. */
final class LocalReport {
  private static final String ROWS = "rows";

  private LocalReport() {}

  /** What a local run shows while it works, and what it counts for the page. */
  static ProgressLine progress() {
    ProgressLine line =
        ProgressLine.NONE.count("records", ROWS).count("dead letters", "deadLetters").rate(ROWS);
    for (CutReason reason : CutReason.values()) {
      line = line.silently(reason.counter);
    }
    return line;
  }

  static void write(
      PartitionedSinkSettings settings, Progress progress, Instant start, PrintStream out)
      throws IOException {
    SinkRun run =
        settings
            .toBeReported()
            .since(start)
            .lasting(Duration.between(start, Instant.now()))
            .counted(progress.count(ROWS), cuts(progress));
    SinkSummary summary = SinkReport.write(run, settings.report());
    out.print(summary.text());
    if (summary.objects() + summary.deadLetters() == 0) {
      out.println("Nothing was written: no record was found below " + settings.inputs);
    }
  }

  private static Map<String, Long> cuts(Progress progress) {
    Map<String, Long> cuts = new LinkedHashMap<>();
    for (CutReason reason : CutReason.values()) {
      cuts.put(words(reason), progress.count(reason.counter));
    }
    return cuts;
  }

  private static String words(CutReason reason) {
    switch (reason) {
      case SIZE:
        return "size or records reached";
      case AGE:
        return "age reached";
      case INACTIVITY:
        return "no record for a while";
      case MEMORY:
        return "memory was needed";
      case PARTITION_LIMIT:
        return "too many partitions active";
      case END_OF_INPUT:
      default:
        return "end of the input";
    }
  }
}
