package dev.sluice.common.producer;

/** One thread and its clock. */
interface Loop {
  /** Milliseconds that only grow, from any start. */
  long now();

  /** From any thread: runs this on the thread, later than what was given before. */
  void run(Runnable action);

  /** Runs this on the thread at a time. */
  void at(long millis, Runnable action);
}
