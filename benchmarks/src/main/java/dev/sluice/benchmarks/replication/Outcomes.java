package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** All trials so far, one a round of each contestant at each load. */
final class Outcomes {
  private final Map<String, List<Outcome>> all = new HashMap<>();

  void add(Load load, Entrant entrant, Outcome outcome) {
    all.computeIfAbsent(load.title() + entrant, any -> new ArrayList<>()).add(outcome);
  }

  List<Outcome> of(String load, Entrant entrant) {
    return all.getOrDefault(load + entrant, List.of());
  }

  OptionalDouble median(String load, Entrant entrant, ToDoubleFunction<Outcome> figure) {
    return Statistics.median(of(load, entrant).stream().map(figure::applyAsDouble).toList());
  }

  /** Median of what two contestants of the same round give together. */
  OptionalDouble paired(
      String load, Entrant one, Entrant other, ToDoubleBiFunction<Outcome, Outcome> figure) {
    List<Outcome> own = of(load, one);
    List<Outcome> others = of(load, other);
    return Statistics.median(
        IntStream.range(0, Math.min(own.size(), others.size()))
            .mapToObj(i -> figure.applyAsDouble(own.get(i), others.get(i)))
            .toList());
  }

  /** The most of all rounds. */
  long most(String load, Entrant entrant, ToDoubleFunction<Outcome> figure) {
    return (long) of(load, entrant).stream().mapToDouble(figure).max().orElse(0);
  }
}
