package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Measurement;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param measurement nothing if the run failed
 * @param objects 0 if the run was not finished
 * @param failure in a few words; empty if all is as it must be
 */
record Taken(Optional<Measurement> measurement, long objects, String failure) {

  boolean isFinished() {
    return failure.isEmpty() && measurement.map(Measurement::isFinished).orElse(false);
  }
}
