package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All runs of one workload. */
final class Cell {
  final Workload workload;
  final String heap;
  final long[] histogram;
  final Map<Entrant, List<Taken>> taken = new LinkedHashMap<>();

  Cell(Workload workload, String heap) {
    this.workload = workload;
    this.heap = heap;
    this.histogram = workload.histogram();
  }

  void add(Entrant entrant, Taken one) {
    taken.computeIfAbsent(entrant, e -> new ArrayList<>()).add(one);
  }

  /**
   * Median over the rounds that gave a figure; of an even number the mean of the two middle ones.
   */
  static OptionalDouble median(List<Taken> rounds, ToDoubleFunction<Taken> figure) {
    return Statistics.median(
        rounds.stream()
            .filter(one -> one.measurement().isPresent())
            .map(figure::applyAsDouble)
            .toList());
  }

  /** The last failure, if any round failed. */
  static Optional<String> failure(List<Taken> rounds) {
    return rounds.stream()
        .map(Taken::failure)
        .filter(text -> !text.isEmpty())
        .reduce((before, last) -> last);
  }
}
