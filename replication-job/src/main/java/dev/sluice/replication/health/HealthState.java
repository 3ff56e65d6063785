package dev.sluice.replication.health;

/** What is known of a stream. */
public enum HealthState {
  /** Too little was seen to say anything: no reason to switch, and none to call it healthy. */
  UNKNOWN,
  HEALTHY,
  /** Reason to leave the Region. */
  UNHEALTHY
}
