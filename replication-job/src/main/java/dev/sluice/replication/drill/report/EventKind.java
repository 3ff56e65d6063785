package dev.sluice.replication.drill.report;

/**
 * What can happen in a drill. The state of a Region at a time follows from the events before it:
 * home is active and nothing is broken at the start.
 */
public enum EventKind {
  /** The Region stops answering. */
  OUTAGE,
  /** The monitor holds the Region for unhealthy. */
  DETECTED,
  /** The register forbids writing in the Region, and names no other one. */
  FENCED,
  /** The register names the Region as the active one, which ends a fence. */
  SWITCHED,
  /** The Region answers again. */
  HEALED,
  /** As {@link #SWITCHED}, back at home. */
  FAILED_BACK,
  /** A copy into the Region begins. */
  COPY_STARTED,
  /** The copy into the Region has ended. */
  COPY_STOPPED,
  /** Both streams are compared; the Region is the one that is checked. */
  AUDIT
}
