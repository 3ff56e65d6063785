package dev.sluice.images.report;

import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Ranking;
import dev.sluice.images.Classification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * First answers against labels. Memory grows with the square of the number of classes at most,
 * never with images. Not thread-safe.
 */
final class Mistakes {
  private final Map<String, Long> pairs = new HashMap<>();
  private long labelled;
  private long wrong;

  void add(Classification result, Optional<String> label) {
    if (label.isEmpty()) {
      return;
    }
    labelled++;
    if (!label.get().equals(result.classes[0])) {
      wrong++;
      pairs.merge(label.get() + " taken for " + result.classes[0], 1L, Long::sum);
    }
  }

  /** Images whose label is known. */
  long labelled() {
    return labelled;
  }

  long wrong() {
    return wrong;
  }

  long right() {
    return labelled - wrong;
  }

  /** {@code crescent taken for ring} and how often, most frequent first. */
  List<Map.Entry<String, Long>> ranked() {
    return Ranking.of(pairs);
  }

  /** {@code 81 of 82 (98.8 %)}. */
  String accuracy() {
    return String.format(
        "%s of %s (%s)",
        Figures.count(right()),
        Figures.count(labelled),
        Figures.percent((double) right() / labelled));
  }
}
