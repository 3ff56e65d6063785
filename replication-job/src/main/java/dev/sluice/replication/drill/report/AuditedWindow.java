package dev.sluice.replication.drill.report;

import java.time.Instant;

/** What an audit found for the records that arrived in one stream in a span of time. Immutable. */
public final class AuditedWindow {
  final Side source;
  final Instant start;
  final long records;
  final long copied;
  final long repeated;
  final long unexpected;

  /**
   * A window.
   *
   * @param source whose records were looked for in the other Region
   * @param records that arrived in the source in this window
   * @param copied how many of them the other Region holds, with the same bytes
   * @param repeated those that it holds more than once
   * @param unexpected those of the other Region that the source has not
   */
  public AuditedWindow(
      Side source, Instant start, long records, long copied, long repeated, long unexpected) {
    this.source = source;
    this.start = start;
    this.records = records;
    this.copied = copied;
    this.repeated = repeated;
    this.unexpected = unexpected;
  }

  long missing() {
    return records - copied;
  }

  /** Repeated records are no difference: delivery is at least once. */
  boolean differs() {
    return missing() != 0 || unexpected != 0;
  }
}
