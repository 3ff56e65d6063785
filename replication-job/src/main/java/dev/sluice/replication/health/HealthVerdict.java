package dev.sluice.replication.health;

import java.time.Instant;

/** What is known of a stream at a time, and why. Immutable. */
public final class HealthVerdict {
  private final HealthState state;
  private final Instant since;
  private final String reason;

  /**
   * @param since when this state began
   * @param reason the figures behind it, for people
   */
  public HealthVerdict(HealthState state, Instant since, String reason) {
    this.state = state;
    this.since = since;
    this.reason = reason;
  }

  public HealthState state() {
    return state;
  }

  public Instant since() {
    return since;
  }

  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return state + " since " + since + ": " + reason;
  }
}
