package dev.sluice.common.operator.drop;

/**
 * Where the deque of candidates begins and ends, and what is there, so that most rows need no look
 * into it. A Flink POJO, in every savepoint.
 */
public final class CandidateEnds {
  /** Slot of the first candidate. */
  public long head;

  /** Slot behind the last candidate: equal to the head's if there is none. */
  public long tail;

  /** The first candidate, which has the highest price; meaningless if there is none. */
  public long headTime;

  /** See {@link #headTime}. */
  public double headPrice;

  /** The last candidate; meaningless if there is none. */
  public long lastTime;

  /** See {@link #lastTime}. */
  public double lastPrice;

  /** The timer that will look for candidates that are too old. */
  public long cleanup = Candidates.NO_CLEANUP;
}
