package dev.sluice.images.report;

import dev.sluice.common.report.Page;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.fs.Path;

/**
 * Makes a report of a finished run from its finished files, and from nothing else.
 *
 * <p>Files, images and the report are on any file system of Flink's, which must be initialised.
 * Memory does not grow with the number of images: counts are kept, and at most 200 images for the
 * contact sheet. Results are read twice, dead letters once, shown images once more.
 *
 * <p>Stateless and thread-safe.
 */
public final class ClassificationReport {
  private ClassificationReport() {}

  /**
   * Writes the report and sums up the run.
   *
   * @param report the HTML file; one that is there is replaced
   * @throws IOException if results or dead letters cannot be read, naming file and line, or the
   *     report cannot be written; an image that cannot be read is no reason
   */
  public static RunSummary write(Run run, Path report) throws IOException {
    RunContents contents = RunContents.read(run);
    Page.write(page(run, contents, Instant.now()), report);
    return new RunSummary(run, contents, report);
  }

  /**
   * Sums up the run without a report.
   *
   * @throws IOException as {@link #write}
   */
  public static RunSummary summarize(Run run) throws IOException {
    return new RunSummary(run, RunContents.read(run), null);
  }

  static String page(Run run, RunContents contents, Instant made) {
    return new ReportPage(run, contents, made).html();
  }
}
