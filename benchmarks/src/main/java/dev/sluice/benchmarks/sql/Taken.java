package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Measurement;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param measurement nothing if the run failed
 * @param note in a few words; empty if the run came to its end
 */
record Taken(Optional<Measurement> measurement, String note) {
  /** Nothing, too, if nothing was done: no rate is told of that. */
  Optional<Measurement> figures() {
    return measurement.filter(one -> one.elements() > 0);
  }
}
