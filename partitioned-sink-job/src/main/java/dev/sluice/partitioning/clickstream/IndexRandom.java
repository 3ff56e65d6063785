package dev.sluice.partitioning.clickstream;

/**
 * Random numbers that depend on a seed and an index alone: the generator of Steele, Lea and Flood
 * ("Fast splittable pseudorandom number generators", 2014), started anew for each index.
 *
 * <p>Not thread-safe.
 */
final class IndexRandom {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private final long seed;
  private long state;

  IndexRandom(long seed) {
    this.seed = mix(seed + GAMMA);
  }

  /** The sequence of this index, from its first number. */
  IndexRandom at(long index) {
    state = mix(seed ^ mix(index + GAMMA));
    return this;
  }

  long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** 0 to bound - 1. */
  int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** From 0 up to, but not including, 1. */
  double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
