package dev.sluice.partitioning.report;

import dev.sluice.common.report.Page;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.fs.Path;

/**
 * Makes a report of a finished run from its finished objects; only why objects were closed comes
 * from the tasks' counters.
 *
 * <p>Objects and the report are on any file system of Flink's, which must be initialised. Memory
 * grows neither with objects nor with partitions. All objects are listed, up to a million; content
 * is read up to 512 MiB. A figure that is not exact because of that is marked on the page.
 *
 * <p>Stateless and thread-safe.
 */
public final class SinkReport {
  private SinkReport() {}

  /**
   * Writes the report and sums up the run.
   *
   * @param report the HTML file; one that is there is replaced
   * @throws IOException if an object cannot be read, naming it, or the report cannot be written
   */
  public static SinkSummary write(SinkRun run, Path report) throws IOException {
    SinkContents contents = SinkContents.read(run);
    Page.write(page(run, contents, Instant.now()), report);
    return new SinkSummary(run, contents, report);
  }

  static String page(SinkRun run, SinkContents contents, Instant made) {
    return new SinkPage(run, contents).html(made);
  }
}
