package dev.sluice.analytics;

import dev.sluice.common.config.JobArguments;
import java.util.List;

/**
 * The job as shipped, but for the end of the JVM.
 *
 * <p>In the package of the job, where its settings can be seen.
 */
public final class QueryOfTheJob {
  private QueryOfTheJob() {}

  /** Runs to the end. */
  public static void run(List<String> options) throws Exception {
    String[] words = options.toArray(String[]::new);
    SqlAnalyticsJob.run(
        JobArguments.parse(words, SqlAnalyticsOptions.ALL),
        JobArguments.parse(words, SqlAnalyticsOptions.ALL, SqlAnalyticsSettings::new),
        System.out);
  }
}
