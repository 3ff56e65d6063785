package dev.sluice.replication.health;

/** What a window of time holds. Immutable. */
final class WindowCounts {
  static final WindowCounts NONE = new WindowCounts(0, 0, 0, 0, 0, 0, 0);

  final long succeeded;
  final long failed;

  /**
   * The mean over buckets with requests of each one's share of failures. A mean over time and not
   * over requests: in an outage few requests are made, and those before it would hide them.
   */
  final double errorRate;

  /** The variance of the error rate is that of one request times this. */
  final double varianceFactor;

  /** Beginning of the first bucket with a failure, in milliseconds; of use if there is one. */
  final long firstFailure;

  /** Beginning of the last bucket with a failure. */
  final long lastFailure;

  /** Last millisecond of the last bucket with any request; of use if there is one. */
  final long last;

  WindowCounts(
      long succeeded,
      long failed,
      double errorRate,
      double varianceFactor,
      long firstFailure,
      long lastFailure,
      long last) {
    this.succeeded = succeeded;
    this.failed = failed;
    this.errorRate = errorRate;
    this.varianceFactor = varianceFactor;
    this.firstFailure = firstFailure;
    this.lastFailure = lastFailure;
    this.last = last;
  }

  long requests() {
    return succeeded + failed;
  }
}
