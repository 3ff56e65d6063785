package dev.sluice.images.report;

import dev.sluice.common.report.Quantiles;
import dev.sluice.common.report.Ranking;
import dev.sluice.images.Classification;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts over the results of a run. Memory grows with the classes of the model and the sizes of
 * batches, never with images. Not thread-safe.
 */
final class RunTotals {
  static final int CONFIDENCE_BINS = 10;

  final Quantiles decodeMillis = new Quantiles();
  final Quantiles inferenceMillis = new Quantiles();
  private final Map<String, Long> imagesByClass = new TreeMap<>();
  private final Set<String> classes = new HashSet<>();
  private final long[] confidence = new long[CONFIDENCE_BINS];
  private final NavigableMap<Integer, Long> imagesByBatchSize = new TreeMap<>();
  private final Map<Model, Long> imagesByModel = new HashMap<>();
  private long images;

  void add(Classification result) {
    images++;
    imagesByClass.merge(result.classes[0], 1L, Long::sum);
    Collections.addAll(classes, result.classes);
    int bin = (int) (result.probabilities[0] * CONFIDENCE_BINS);
    confidence[Math.max(0, Math.min(bin, CONFIDENCE_BINS - 1))]++;
    imagesByBatchSize.merge(Math.max(1, result.batchSize), 1L, Long::sum);
    imagesByModel.merge(
        new Model(result.modelName, result.modelVersion, result.modelSha256), 1L, Long::sum);
    decodeMillis.add(result.decodeMillis);
    inferenceMillis.add(result.inferenceMillis);
  }

  long images() {
    return images;
  }

  /** All classes that were answered, first or not. */
  Set<String> classes() {
    return classes;
  }

  /** Images per first answer, most frequent first, then by name. */
  List<Map.Entry<String, Long>> imagesByClass() {
    return Ranking.of(imagesByClass);
  }

  /** Images by the probability of their first answer: 0 to 0.1, to 0.2, and so on. */
  long[] confidence() {
    return confidence.clone();
  }

  /**
   * Forward passes by their number of images. A pass of n images wrote n results, so n results make
   * one; where the run's start or a rejected result took some away, the pass still counts.
   */
  NavigableMap<Integer, Long> batchesBySize() {
    NavigableMap<Integer, Long> batches = new TreeMap<>();
    imagesByBatchSize.forEach((size, n) -> batches.put(size, (n + size - 1) / size));
    return batches;
  }

  /** Images per forward pass; 0 without results. */
  double meanBatch() {
    double passes = 0;
    for (Map.Entry<Integer, Long> entry : imagesByBatchSize.entrySet()) {
      passes += (double) entry.getValue() / entry.getKey();
    }
    return passes == 0 ? 0 : images / passes;
  }

  /** The model of most results; empty without results. */
  Optional<Model> model() {
    return imagesByModel.entrySet().stream()
        .max(
            Map.Entry.<Model, Long>comparingByValue()
                .thenComparing(entry -> entry.getKey().sha256, Comparator.reverseOrder()))
        .map(Map.Entry::getKey);
  }

  /** More than one if the folder holds results of several. */
  int models() {
    return imagesByModel.size();
  }
}
