package dev.sluice.benchmarks.measure;

import java.nio.file.Path;

/** One way to do the work that is compared. Runs once. */
public interface Contestant {
  /**
   * Does all of the work, from the start of whatever it needs to its orderly end.
   *
   * @param input a folder of files, each one element
   * @param output a folder that does not exist yet
   * @param checkpoints a folder for Flink's checkpoints, whose sizes are watched
   */
  void run(Path input, Path output, Path checkpoints) throws Exception;

  /** What was done; asked after the run, and not counted. */
  Work work(Path output) throws Exception;

  /** Elements that are done so far; asked by another thread while the work is done. */
  long done();

  /**
   * What was done.
   *
   * @param elements of the input that came out as results
   * @param batches in which they were processed; 0 if nobody knows
   */
  record Work(long elements, long batches) {}
}
