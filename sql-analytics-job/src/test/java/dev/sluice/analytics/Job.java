package dev.sluice.analytics;

import dev.sluice.common.config.JobArguments;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the job in this process, as main() does but for the end of the JVM. */
final class Job {
  private Job() {}

  /** What it prints. */
  static String run(String... args) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    String[] words = ShortOptions.expand(args);
    JobArguments arguments = JobArguments.parse(words, SqlAnalyticsOptions.ALL, given -> given);
    SqlAnalyticsJob.run(
        arguments, settings(args), new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  static SqlAnalyticsSettings settings(String... args) {
    return JobArguments.parse(
        ShortOptions.expand(args), SqlAnalyticsOptions.ALL, SqlAnalyticsSettings::new);
  }
}
