package dev.sluice.replication.drill;

import java.util.List;

/** Where the jobs of a drill run; the drill starts and stops them as a person would. */
public interface DrillJobs {
  /** Starts a job, and does not wait until its tasks run. */
  Running start(DrillJob job, List<String> arguments) throws Exception;

  /** A job that was started. */
  interface Running {
    /** Stops it with a savepoint: what it has read is acknowledged, and its positions are kept. */
    void stop() throws Exception;

    /** Its state by Flink's name, and its failure if it has one, for people. */
    String describe() throws Exception;
  }
}
