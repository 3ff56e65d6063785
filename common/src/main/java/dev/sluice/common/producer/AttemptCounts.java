package dev.sluice.common.producer;

/**
 * Attempts to put records into the stream of one Region since the producer was opened, for a health
 * check. Immutable.
 */
public final class AttemptCounts {
  private final long stored;
  private final long throttled;
  private final long failed;
  private final long refused;

  /** Counts of one moment. */
  public AttemptCounts(long stored, long throttled, long failed, long refused) {
    this.stored = stored;
    this.throttled = throttled;
    this.failed = failed;
    this.refused = refused;
  }

  /** Records that the stream has answered for. */
  public long stored() {
    return stored;
  }

  /** Attempts that met a limit: the Region is well, the stream is small. */
  public long throttled() {
    return throttled;
  }

  /** Attempts that ended with 5xx, without an answer, or without stream or right. */
  public long failed() {
    return failed;
  }

  /** Records that were at fault themselves. */
  public long refused() {
    return refused;
  }

  /** What happened since an earlier moment. */
  public AttemptCounts since(AttemptCounts earlier) {
    return new AttemptCounts(
        stored - earlier.stored,
        throttled - earlier.throttled,
        failed - earlier.failed,
        refused - earlier.refused);
  }

  @Override
  public String toString() {
    return stored
        + " stored, "
        + throttled
        + " throttled, "
        + failed
        + " failed, "
        + refused
        + " refused";
  }
}
