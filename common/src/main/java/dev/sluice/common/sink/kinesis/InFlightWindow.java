package dev.sluice.common.sink.kinesis;

/**
 * How many records may be under way: more while all goes well, fewer when the stream throttles.
 *
 * <p>Additive increase, multiplicative decrease in the form of DCTCP (RFC 8257): the cut is in
 * proportion to the share of records that were throttled, so one hot shard of many does not halve
 * the rate of all. At most one cut for the records that were under way together.
 *
 * <p>Not thread-safe.
 */
final class InFlightWindow {
  private static final double STEP = 50;
  private static final double CUT = 0.5;

  private final double greatest;
  private double limit;
  private long generation;

  InFlightWindow(int greatest) {
    this.greatest = greatest;
    this.limit = greatest;
  }

  /** Records that may be under way, at least 1. */
  int limit() {
    return (int) limit;
  }

  /** What a request is stamped with when it is sent. */
  long generation() {
    return generation;
  }

  /**
   * A request has ended.
   *
   * @param sentIn what {@link #generation} said when it was sent
   */
  void ended(int stored, int throttled, long sentIn) {
    if (throttled > 0) {
      if (sentIn == generation) {
        limit = Math.max(1, limit * (1 - CUT * throttled / (stored + throttled)));
        generation++;
      }
    } else {
      limit = Math.min(greatest, limit + STEP * stored / limit);
    }
  }
}
