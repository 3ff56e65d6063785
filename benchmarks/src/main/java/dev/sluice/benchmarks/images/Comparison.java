package dev.sluice.benchmarks.images;

import dev.sluice.benchmarks.measure.Series;
import java.util.Map;
import java.util.Objects;

/**
 * All measurements with one workload.
 *
 * @param load average of the machine before the first round
 * @param calibration of the bare loop's settings
 * @param cheapest setting of the bare loop in CPU time
 * @param fastest setting of the bare loop in wall time
 * @param series of everybody in the rounds that count
 */
record Comparison(
    Workload workload,
    double load,
    Map<Entrant, Series> calibration,
    Entrant cheapest,
    Entrant fastest,
    Map<Entrant, Series> series) {

  Series of(Entrant entrant) {
    return Objects.requireNonNull(series.get(entrant), entrant.name());
  }
}
