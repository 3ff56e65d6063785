package dev.sluice.partitioning;

import static dev.sluice.partitioning.DeliveryOptions.BUFFER_INTERVAL;
import static dev.sluice.partitioning.DeliveryOptions.OUTPUT_PATH;
import static dev.sluice.partitioning.SweepOptions.DRY_RUN;
import static dev.sluice.partitioning.SweepOptions.OLDER_THAN;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.CheckpointOptions;
import dev.sluice.partitioning.sweep.OpenUpload;
import dev.sluice.partitioning.sweep.OpenUploads;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.util.TimeUtils;

/**
 * Aborts the multipart uploads below the output of a job that are too old to be needed: what killed
 * tasks, cancelled jobs and failed attempts have left. They are no objects, but cost as much.
 *
 * <p>A job needs an upload from its begin, which for the parts of a large object is the object's,
 * to the checkpoint behind its end; and one that a checkpoint or savepoint knows until a job that
 * was started from it has committed it. So the age must be more than a job may be stopped for. The
 * sweep refuses an age that could hit a job that runs well, by the job's own options.
 */
final class SweepUploads {
  private final JobArguments arguments;

  SweepUploads(JobArguments given) {
    arguments = FirehoseOptions.over(given);
    Duration needed =
        arguments
            .get(BUFFER_INTERVAL)
            .plus(arguments.get(CheckpointOptions.INTERVAL))
            .plus(arguments.get(CheckpointOptions.TIMEOUT));
    arguments.check(
        problems ->
            problems
                .require(arguments.isSet(OUTPUT_PATH), OUTPUT_PATH, "must be set")
                .require(
                    arguments.get(OLDER_THAN).compareTo(needed) > 0,
                    OLDER_THAN,
                    "must be longer than 'buffer.interval', 'checkpoint.interval' and"
                        + " 'checkpoint.timeout' together, or the"
                        + " sweep aborts what a running job is about to commit",
                    BUFFER_INTERVAL));
  }

  /** Sweeps below {@code output.path}, and prints what it does. */
  void run() throws IOException {
    Path folder = new Path(arguments.get(OUTPUT_PATH));
    OpenUploads uploads =
        OpenUploads.below(
            folder,
            arguments.flink(),
            PluginUtils.createPluginManagerFromRootFolder(arguments.flink()));
    Instant limit = Instant.now().minus(arguments.get(OLDER_THAN));
    System.out.println("Below " + folder + ", older than " + age() + ":");
    sweep(uploads, limit, arguments.get(DRY_RUN), System.out);
  }

  private String age() {
    return TimeUtils.formatWithHighestUnit(arguments.get(OLDER_THAN));
  }

  /**
   * Aborts what was begun before an instant, and prints each with the numbers at the end.
   *
   * @return how many were aborted, or would be
   */
  static int sweep(OpenUploads uploads, Instant limit, boolean dryRun, PrintStream out)
      throws IOException {
    int aborted = 0;
    int ended = 0;
    int kept = 0;
    for (OpenUpload upload : uploads.list()) {
      if (!upload.begun().isBefore(limit)) {
        kept++;
      } else if (dryRun || uploads.abort(upload)) {
        aborted++;
        out.println("  " + upload.begun() + "  " + upload.key());
      } else {
        ended++;
      }
    }
    out.printf(
        "%d open uploads %s, %d younger ones kept, %d had ended meanwhile%n",
        aborted, dryRun ? "would be aborted" : "aborted", kept, ended);
    return aborted;
  }
}
