package dev.sluice.analytics;

import dev.sluice.analytics.SqlAnalyticsOptions.InputType;
import dev.sluice.analytics.report.DayReport;
import dev.sluice.analytics.report.DayRun;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.ProgressLine;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.core.fs.Path;

/** A local run of the sample that has ended, or was stopped in order: one page and a few lines. */
final class LocalReport {
  private LocalReport() {}

  /** What such a run shows while it works. */
  static ProgressLine progress(InputType input) {
    ProgressLine line = ProgressLine.NONE;
    if (input == InputType.SAMPLE) {
      line = line.count("trades", ReplayTable.TRADES).rate(ReplayTable.TRADES);
    }
    return line.count("alerts", "dropAlerts");
  }

  static void write(
      SqlAnalyticsSettings settings,
      JobArguments arguments,
      Instant start,
      boolean stopped,
      PrintStream out)
      throws IOException {
    DayRun run =
        new DayRun(
            new Path(settings.places.output),
            start,
            Duration.between(start, Instant.now()),
            stopped,
            arguments.toString());
    out.print(DayReport.write(run, new Path(settings.places.output, "report.html")).text());
  }
}
