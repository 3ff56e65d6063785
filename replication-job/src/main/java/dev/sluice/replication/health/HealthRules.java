package dev.sluice.replication.health;

import java.time.Duration;

/**
 * When a stream counts as unhealthy, and when as healthy again. Immutable.
 *
 * <p>Unhealthy is a stream of which, for puts or for gets, <em>all</em> of this holds:
 *
 * <ol>
 *   <li>there is data: enough requests in the window, the last of them recent;
 *   <li>the share of errors, averaged over the time of the window, is the limit or above it by more
 *       than chance: by {@link #margin} standard errors. 1.1 % of 300 canaries is 3 errors, as 0.9
 *       % often is, and tells nothing; of 60,000 requests it does;
 *   <li>the errors last: between the first and the last one in the window lies {@link #lasting}. So
 *       a single burst, however dense, is no outage, and an outage is known after that time.
 * </ol>
 *
 * <p>Healthy again it is when the share of errors of puts and gets, with data, has been at most
 * half of the limit without a break for {@link #recovery}: one that flaps stays unhealthy.
 */
public final class HealthRules {
  /** 1 % of errors in 5 minutes, as the AWS posts on the subject have it. */
  public static final HealthRules DEFAULTS =
      new HealthRules(
          Duration.ofMinutes(5),
          0.01,
          Duration.ofSeconds(150),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          2);

  /** Fewer say nothing. */
  static final int LEAST_REQUESTS = 3;

  final Duration window;
  final double errorRate;
  final Duration lasting;
  final Duration noDataAfter;
  final Duration recovery;
  final double margin;

  /**
   * Rules.
   *
   * @param window over which errors are counted
   * @param errorRate share of errors, above 0 and up to 1
   * @param lasting shorter than the window
   * @param noDataAfter with no request for so long nothing is known
   * @param margin standard errors, 0 for the plain share
   */
  public HealthRules(
      Duration window,
      double errorRate,
      Duration lasting,
      Duration noDataAfter,
      Duration recovery,
      double margin) {
    this.window = window;
    this.errorRate = errorRate;
    this.lasting = lasting;
    this.noDataAfter = noDataAfter;
    this.recovery = recovery;
    this.margin = margin;
  }

  /** Too few or too old requests. */
  boolean isSilent(WindowCounts counts, long now) {
    return counts.requests() < LEAST_REQUESTS || now - counts.last > noDataAfter.toMillis();
  }

  boolean isFailing(WindowCounts counts) {
    double chance = margin * Math.sqrt(errorRate * (1 - errorRate) * counts.varianceFactor);
    return counts.failed > 0
        && counts.errorRate >= errorRate + chance
        && counts.lastFailure - counts.firstFailure >= lasting.toMillis();
  }

  boolean isGood(WindowCounts counts) {
    return counts.errorRate <= errorRate / 2;
  }

  @Override
  public String toString() {
    return 100 * errorRate + " % errors in " + window + ", lasting " + lasting;
  }
}
