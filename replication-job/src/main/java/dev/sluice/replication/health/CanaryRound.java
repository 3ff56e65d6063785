package dev.sluice.replication.health;

import org.jspecify.annotations.Nullable;

/** What one round of a canary has found out. Immutable. */
final class CanaryRound {
  final Outcome put;
  final Outcome get;

  /** What went wrong first; null if nothing. */
  final @Nullable String trouble;

  CanaryRound(Outcome put, Outcome get, @Nullable String trouble) {
    this.put = put;
    this.get = get;
    this.trouble = trouble;
  }

  boolean allSucceeded() {
    return put == Outcome.SUCCEEDED && get == Outcome.SUCCEEDED;
  }

  @Override
  public String toString() {
    return "put " + put + ", get " + get + (trouble == null ? "" : " (" + trouble + ")");
  }

  /** Of one request. */
  enum Outcome {
    SUCCEEDED,
    /** The service, or the way to it, has failed, or the stream or what was stored is not there. */
    FAILED,
    /**
     * Says nothing of health: not tried, or throttled, or refused for a reason that is the canary's
     * own, such as a right that it lacks.
     */
    NONE
  }
}
