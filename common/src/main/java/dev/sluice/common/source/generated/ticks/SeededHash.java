package dev.sluice.common.source.generated.ticks;

import java.io.Serializable;

/** Random numbers that one can ask for in any order. Immutable. */
final class SeededHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;

  SeededHash(long seed) {
    this.seed = mix(seed);
  }

  /** Any long, the same one for the same question. */
  long bits(int question, long index) {
    return mix(seed + mix(index * 64 + question));
  }

  /** From 0 inclusive to 1 exclusive. */
  double unit(int question, long index) {
    return (bits(question, index) >>> 11) * UNIT;
  }

  /** From 0 inclusive to the bound exclusive. */
  long below(long bound, int question, long index) {
    return (long) (unit(question, index) * bound);
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
