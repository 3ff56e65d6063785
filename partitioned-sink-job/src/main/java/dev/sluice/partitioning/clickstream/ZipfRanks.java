package dev.sluice.partitioning.clickstream;

/**
 * Draws ranks 0, 1, 2 … with probabilities in proportion to 1, 1/2^s, 1/3^s …, each in constant
 * time, by the alias method (Vose, "A linear algorithm for generating random numbers with a given
 * distribution", 1991).
 *
 * <p>Takes 8 bytes a rank. Immutable.
 */
final class ZipfRanks {
  private static final double SHARE_UNIT = 0x1.0p32;

  /** Of all draws that fall on a slot, the share that keep it, as an unsigned 32-bit fraction. */
  private final int[] kept;

  /** Where the others of a slot go. */
  private final int[] alias;

  /**
   * @param ranks 1 or more
   * @param exponent s: 0 for uniform
   */
  ZipfRanks(int ranks, double exponent) {
    kept = new int[ranks];
    alias = new int[ranks];
    double[] load = weights(ranks, exponent);
    int[] queue = new int[ranks];
    int light = 0;
    int heavy = ranks;
    for (int rank = 0; rank < ranks; rank++) {
      if (load[rank] < 1) {
        queue[light++] = rank;
      } else {
        queue[--heavy] = rank;
      }
    }
    while (light > 0 && heavy < ranks) {
      int from = queue[--light];
      int to = queue[heavy];
      kept[from] = fraction(load[from]);
      alias[from] = to;
      load[to] -= 1 - load[from];
      if (load[to] < 1) {
        heavy++;
        queue[light++] = to;
      }
    }
    // What is left has load 1, but for rounding.
    while (light > 0) {
      keep(queue[--light]);
    }
    while (heavy < ranks) {
      keep(queue[heavy++]);
    }
  }

  /** In units of the mean. */
  private static double[] weights(int ranks, double exponent) {
    double[] weights = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      weights[rank] = Math.pow(rank + 1.0, -exponent);
      sum += weights[rank];
    }
    for (int rank = 0; rank < ranks; rank++) {
      weights[rank] *= ranks / sum;
    }
    return weights;
  }

  private void keep(int rank) {
    kept[rank] = -1;
    alias[rank] = rank;
  }

  private static int fraction(double share) {
    return (int) (long) (share * SHARE_UNIT);
  }

  /**
   * A rank.
   *
   * @param random 64 random bits
   */
  int draw(long random) {
    int slot = (int) (((random >>> 32) * kept.length) >>> 32);
    return Integer.compareUnsigned((int) random, kept[slot]) < 0 ? slot : alias[slot];
  }
}
