package dev.sluice.replication;

import java.time.Instant;
import java.util.Locale;

/** What an audit found of the records that arrived in the source in one span of time. */
public final class AuditWindow {
  final Instant start;
  long sourceRecords;
  long targetRecords;
  long repeated;
  long unexpected;

  /** Sums of the hashes of the records; equal if both sides hold the same ones. */
  long sourceHash;

  long targetHash;

  AuditWindow(Instant start) {
    this.start = start;
  }

  public Instant start() {
    return start;
  }

  /** Records of the source. */
  public long sourceRecords() {
    return sourceRecords;
  }

  /** Those of them that the target holds. */
  public long targetRecords() {
    return targetRecords;
  }

  /** Copies beyond the first: in the target, and of records with a version in the source. */
  public long repeated() {
    return repeated;
  }

  /** Records of the target that the source does not have. */
  public long unexpected() {
    return unexpected;
  }

  long missing() {
    return sourceRecords - targetRecords;
  }

  /** Repeated records are no difference: delivery is at least once. */
  public boolean differs() {
    return sourceRecords != targetRecords || sourceHash != targetHash || unexpected > 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s  source %d  target %d  missing %d  repeated %d  unexpected %d  hash %016x %s",
        start,
        sourceRecords,
        targetRecords,
        missing(),
        repeated,
        unexpected,
        sourceHash,
        differs() ? "DIFFERS" : "equal");
  }
}
