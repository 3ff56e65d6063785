package dev.sluice.replication.health;

import java.time.Instant;

/** What a producer, or a consumer, says of its requests to a stream. Immutable. */
public final class ProducerReport {
  final String reporter;
  final Operation operation;
  final Instant ended;
  final long succeeded;
  final long failed;

  /**
   * A report.
   *
   * @param reporter its name, for people
   * @param ended when the last of the requests ended; all of them count for then, so reports should
   *     come often against the window
   * @param succeeded requests that the stream answered, throttled ones too
   * @param failed requests that it did not answer, or answered with 500 or 503
   */
  public ProducerReport(
      String reporter, Operation operation, Instant ended, long succeeded, long failed) {
    if (succeeded < 0 || failed < 0) {
      throw new IllegalArgumentException("Counts of '" + reporter + "' must not be negative");
    }
    this.reporter = reporter;
    this.operation = operation;
    this.ended = ended;
    this.succeeded = succeeded;
    this.failed = failed;
  }
}
