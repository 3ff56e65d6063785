package dev.sluice.replication.drill.report;

import dev.sluice.common.report.Page;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.fs.Path;

/** Makes the page of a drill. Stateless and thread-safe. */
public final class DrillReport {
  private DrillReport() {}

  /**
   * Writes the page and sums up the drill.
   *
   * @param file the HTML file; one that is there is replaced
   * @throws IOException if it cannot be written
   */
  public static DrillSummary write(DrillRun run, Path file) throws IOException {
    Page.write(page(run, Instant.now()), file);
    return new DrillSummary(run, file);
  }

  static String page(DrillRun run, Instant made) {
    return new DrillPage(run).html(made);
  }
}
