package dev.sluice.benchmarks.replication;

/** Copies without end. */
interface Copy {
  /** Copies until the process ends. */
  void run() throws Exception;

  /** About so many records are copied; from any thread. */
  long done();
}
