package dev.sluice.partitioning;

import dev.sluice.common.config.JobOption;
import java.time.Duration;
import java.util.List;

/** Options of the sweep, beside those of the job, whose configuration file it takes. */
final class SweepOptions {
  static final JobOption<Duration> OLDER_THAN =
      JobOption.ofDuration("sweep.older-than")
          .defaultTo(Duration.ofDays(7))
          .positive()
          .describedAs(
              "Uploads that were begun longer ago are aborted: more than a job may be stopped for.");

  static final JobOption<Boolean> DRY_RUN =
      JobOption.ofBoolean("sweep.dry-run")
          .defaultTo(false)
          .describedAs("Whether to print what would be aborted, and to abort nothing.");

  /** Every option, in the order of the tables. */
  static final List<JobOption<?>> ALL =
      JobOption.all(List.of(OLDER_THAN, DRY_RUN), PartitionedSinkOptions.ALL);

  private SweepOptions() {}
}
