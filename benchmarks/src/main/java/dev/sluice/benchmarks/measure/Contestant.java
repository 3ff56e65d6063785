package dev.sluice.benchmarks.measure;

import java.nio.file.Path;

/** One way to do the work that is compared. */
public interface Contestant {
  /**
   * Does all of the work, from the start of whatever it needs to its orderly end.
   *
   * @param input a folder of files, each one element
   * @param output a folder that does not exist yet
   * @param checkpoints a folder for Flink's checkpoints, whose sizes are watched
   */
  Work run(Path input, Path output, Path checkpoints) throws Exception;

  /**
   * What was done.
   *
   * @param elements of the input that came out as results
   * @param batches in which they were processed; 0 if nobody knows
   */
  record Work(long elements, long batches) {}
}
