package dev.sluice.replication.drill.report;

/** One of the two Regions of a drill. */
public enum Side {
  HOME,
  AWAY;

  /** The other one. */
  public Side other() {
    return this == HOME ? AWAY : HOME;
  }
}
