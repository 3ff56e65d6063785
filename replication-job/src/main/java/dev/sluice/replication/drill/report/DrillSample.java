package dev.sluice.replication.drill.report;

import java.time.Instant;

/** What a Region did in about one second. Immutable. */
public final class DrillSample {
  final Instant time;
  final double accepted;
  final double failed;

  /** NaN without a copy. */
  final double lag;

  private DrillSample(Instant time, double accepted, double failed, double lag) {
    this.time = time;
    this.accepted = accepted;
    this.failed = failed;
    this.lag = lag;
  }

  /**
   * A sample while no copy writes into the Region.
   *
   * @param time end of the second
   * @param accepted records of producers that the Region has accepted, a second
   * @param failed attempts to put such records that failed there, a second
   */
  public static DrillSample of(Instant time, double accepted, double failed) {
    return new DrillSample(time, accepted, failed, Double.NaN);
  }

  /**
   * The same while a copy writes into the Region.
   *
   * @param millis how far the Region is behind the other one
   */
  public DrillSample behind(long millis) {
    return new DrillSample(time, accepted, failed, millis);
  }
}
