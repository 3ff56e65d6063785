package dev.sluice.benchmarks.sql;

import dev.sluice.benchmarks.measure.Measurement;
import dev.sluice.benchmarks.measure.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The runs of one contestant at one thing, one a round. */
final class Rounds {
  private final List<Taken> taken = new ArrayList<>();

  void add(Taken one) {
    taken.add(one);
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** Nothing if no round gave a figure. */
  OptionalDouble median(ToDoubleFunction<Measurement> figure) {
    return Statistics.median(
        taken.stream().flatMap(one -> one.figures().stream()).map(figure::applyAsDouble).toList());
  }

  /** Quotients of figures of the same round, so that what slows the machine slows both. */
  List<Double> ratios(Rounds other, ToDoubleFunction<Measurement> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(taken.size(), other.taken.size()); i++) {
      var own = taken.get(i).figures();
      var others = other.taken.get(i).figures();
      if (own.isPresent() && others.isPresent()) {
        ratios.add(figure.applyAsDouble(own.get()) / figure.applyAsDouble(others.get()));
      }
    }
    return ratios;
  }

  /** The last that went otherwise than planned, if any did. */
  String note() {
    return taken.stream()
        .map(Taken::note)
        .filter(note -> !note.isEmpty())
        .reduce("", (before, last) -> last);
  }
}
