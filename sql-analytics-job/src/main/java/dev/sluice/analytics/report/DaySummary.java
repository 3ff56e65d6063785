package dev.sluice.analytics.report;

import dev.sluice.common.report.Figures;
import org.apache.flink.core.fs.Path;

/** What a run found, in a few lines for a console. Immutable. */
public final class DaySummary {
  private final DayRun run;
  private final DayContents day;
  private final Path report;

  DaySummary(DayRun run, DayContents day, Path report) {
    this.run = run;
    this.day = day;
    this.report = report;
  }

  /**
   * Lines, each with its end:
   *
   * <pre>
   *   Trades       6,387 in 14.1 s, 82 copies removed, 19 too late
   *   Price drops  8
   *   Tables       file:/…/2026-01-01-120000
   *   Report       file:/…/2026-01-01-120000/report.html
   * </pre>
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Trades",
        String.format(
            "%s in %s%s, %s removed, %s too late",
            Figures.count(day.trades),
            Figures.duration(run.wall),
            run.stopped ? " until it was stopped" : "",
            day.removed == 1 ? "1 copy" : Figures.count(day.removed) + " copies",
            Figures.count(day.late)));
    line(text, "Price drops", Figures.count(day.drops.size()));
    line(text, "Tables", run.folder.toString());
    line(text, "Report", report.toString());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-12s %s%n", name, value));
  }

  @Override
  public String toString() {
    return text();
  }
}
