package dev.sluice.replication;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Options of the command {@code audit}. */
public final class AuditOptions {
  static final JobOption<String> FROM =
      JobOption.ofString("audit.from")
          .required()
          .where(AuditOptions::isInstant, "must be a time such as '2026-01-31T12:00:00Z'")
          .describedAs("Records that arrived in the source at this time or later are compared.");

  static final JobOption<String> TO =
      JobOption.ofString("audit.to")
          .required()
          .where(AuditOptions::isInstant, "must be a time such as '2026-01-31T12:00:00Z'")
          .describedAs("Records that arrived in the source before this time are compared.");

  static final JobOption<Duration> WINDOW =
      JobOption.ofDuration("audit.window")
          .defaultTo(Duration.ofMinutes(1))
          .atLeast(Duration.ofSeconds(1))
          .describedAs("Span of time of one line of the result.");

  static final JobOption<Duration> LAG =
      JobOption.ofDuration("audit.max-lag")
          .defaultTo(Duration.ofMinutes(10))
          .notNegative()
          .describedAs("The most that a record's arrival in the target may differ.");

  /** Every option. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(FROM, TO, WINDOW, LAG),
          KinesisSourceOptions.ALL,
          KinesisSinkOptions.ALL,
          EnvironmentOptions.ALL);

  private AuditOptions() {}

  private static boolean isInstant(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
