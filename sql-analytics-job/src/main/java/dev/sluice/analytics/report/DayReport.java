package dev.sluice.analytics.report;

import dev.sluice.common.report.Page;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.fs.Path;

/**
 * Makes a report of a finished run of {@code sample/day_of_trades.sql} from the files of its
 * tables. Stateless and thread-safe.
 */
public final class DayReport {
  private DayReport() {}

  /**
   * Writes the report and sums up the run.
   *
   * @param report the HTML file; one that is there is replaced
   * @throws IOException if a table cannot be read, naming file and line, or the report cannot be
   *     written
   */
  public static DaySummary write(DayRun run, Path report) throws IOException {
    DayContents day = DayContents.read(run.folder);
    Page.write(new DayPage(run, day).html(Instant.now()), report);
    return new DaySummary(run, day, report);
  }
}
