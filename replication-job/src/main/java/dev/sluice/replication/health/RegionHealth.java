package dev.sluice.replication.health;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges one stream by {@link HealthRules} from the outcomes of requests that it is told of.
 *
 * <p>A pure function of what it was told and of the times that it was given: it has no clock and
 * asks nobody. A clock that goes back a little stands still for it; one that goes back by more than
 * the window makes it forget what it counted, or it would be blind until that time comes again. Not
 * thread-safe.
 */
final class RegionHealth {
  private final HealthRules rules;
  private final Map<Operation, ErrorWindow> windows = new EnumMap<>(Operation.class);
  private HealthState state = HealthState.UNKNOWN;
  private long since;
  private long now = Long.MIN_VALUE;
  private long lastCheck = Long.MIN_VALUE;
  private @Nullable Long goodSince;

  RegionHealth(HealthRules rules) {
    this.rules = rules;
    startAnew();
  }

  /**
   * Counts requests.
   *
   * @param time now
   * @param ended when they ended; a time to come, by a clock that is ahead, counts as now
   */
  void record(long time, long ended, Operation operation, long succeeded, long failed) {
    advance(time);
    windowOf(operation).add(Math.min(ended, now), succeeded, failed);
  }

  /** The state at a time. To be asked regularly: a state changes only when it is asked for. */
  HealthVerdict check(long time) {
    advance(time);
    WindowCounts puts = windowOf(Operation.PUT).at(now);
    WindowCounts gets = windowOf(Operation.GET).at(now);
    boolean silent = rules.isSilent(puts, now) || rules.isSilent(gets, now);
    become(next(fails(puts) || fails(gets), silent, recovered(puts, gets, silent)));
    lastCheck = now;
    return new HealthVerdict(
        state,
        Instant.ofEpochMilli(since),
        "puts " + figures(puts) + ", gets " + figures(gets) + "; limit " + rules);
  }

  private HealthState next(boolean failing, boolean silent, boolean recovered) {
    if (failing) {
      return HealthState.UNHEALTHY;
    }
    if (state == HealthState.UNHEALTHY && !recovered) {
      return HealthState.UNHEALTHY;
    }
    return silent ? HealthState.UNKNOWN : HealthState.HEALTHY;
  }

  private boolean fails(WindowCounts counts) {
    return !rules.isSilent(counts, now) && rules.isFailing(counts);
  }

  /** Good without a break, in which a time without checks is one, too. */
  private boolean recovered(WindowCounts puts, WindowCounts gets, boolean silent) {
    boolean paused = lastCheck != Long.MIN_VALUE && now - lastCheck > rules.noDataAfter.toMillis();
    if (silent || paused || !rules.isGood(puts) || !rules.isGood(gets)) {
      goodSince = null;
      return false;
    }
    if (goodSince == null) {
      goodSince = now;
    }
    return now - goodSince >= rules.recovery.toMillis();
  }

  private void become(HealthState next) {
    if (next != state || lastCheck == Long.MIN_VALUE) {
      state = next;
      since = now;
    }
  }

  private void advance(long time) {
    if (now != Long.MIN_VALUE && now - time > rules.window.toMillis()) {
      startAnew();
      now = time;
      lastCheck = lastCheck == Long.MIN_VALUE ? lastCheck : time;
    }
    now = Math.max(now, time);
  }

  private void startAnew() {
    for (Operation operation : Operation.values()) {
      windows.put(operation, new ErrorWindow(rules.window.toMillis()));
    }
    goodSince = null;
  }

  private String figures(WindowCounts counts) {
    return rules.isSilent(counts, now)
        ? "no data (" + counts.requests() + ")"
        : String.format(
            Locale.ROOT,
            "%d of %d failed (%.2f %% of the time)",
            counts.failed,
            counts.requests(),
            100 * counts.errorRate);
  }

  private ErrorWindow windowOf(Operation operation) {
    ErrorWindow window = windows.get(operation);
    if (window == null) {
      throw new IllegalArgumentException("Unknown operation '" + operation + "'");
    }
    return window;
  }
}
