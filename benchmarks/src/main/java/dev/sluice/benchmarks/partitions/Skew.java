package dev.sluice.benchmarks.partitions;

import java.util.ArrayDeque;
import java.util.Deque;

/** How records spread over partitions. */
enum Skew {
  UNIFORM {
    @Override
    double weight(int rank) {
      return 1;
    }
  },
  /** The k-th partition has 1/k of the records of the first. */
  ZIPF {
    @Override
    double weight(int rank) {
      return 1.0 / rank;
    }
  };

  /**
   * Of a partition.
   *
   * @param rank from 1
   */
  abstract double weight(int rank);

  Choice among(int partitions) {
    double[] weights = new double[partitions];
    double sum = 0;
    for (int i = 0; i < partitions; i++) {
      weights[i] = weight(i + 1);
      sum += weights[i];
    }
    for (int i = 0; i < partitions; i++) {
      weights[i] *= partitions / sum;
    }
    return new Choice(weights);
  }

  /** Walker's alias method: a choice costs one comparison, whatever the weights. Immutable. */
  static final class Choice {
    private final long[] thresholds;
    private final int[] aliases;

    private Choice(double[] weights) {
      int size = weights.length;
      thresholds = new long[size];
      aliases = new int[size];
      Deque<Integer> small = new ArrayDeque<>();
      Deque<Integer> large = new ArrayDeque<>();
      for (int i = 0; i < size; i++) {
        (weights[i] < 1 ? small : large).add(i);
      }
      while (!small.isEmpty() && !large.isEmpty()) {
        int poor = small.remove();
        int rich = large.element();
        thresholds[poor] = (long) (weights[poor] * (1L << 32));
        aliases[poor] = rich;
        weights[rich] -= 1 - weights[poor];
        if (weights[rich] < 1) {
          small.add(large.remove());
        }
      }
      small.forEach(rest -> thresholds[rest] = 1L << 32);
      large.forEach(rest -> thresholds[rest] = 1L << 32);
    }

    /**
     * Chooses a partition.
     *
     * @param random 64 random bits
     */
    int of(long random) {
      int column = (int) (((random >>> 32) * thresholds.length) >>> 32);
      return (random & 0xffffffffL) < thresholds[column] ? column : aliases[column];
    }
  }
}
