package dev.sluice.common.producer;

/** A record that was read from a spool; the caller says when it is done. */
final class Spooled {
  final SpooledRecord record;
  final SpoolSegment segment;

  /** Where the next one begins. */
  final long end;

  boolean done;

  Spooled(SpooledRecord record, SpoolSegment segment, long end) {
    this.record = record;
    this.segment = segment;
    this.end = end;
  }
}
