package dev.sluice.partitioning;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Spreads the records of hot partitions over several subtasks of the sink, by their measured rate.
 *
 * <p>A partition whose records come faster than one subtask is to take gets as many lanes as its
 * rate needs, in turn; all others stay in one, so that their objects stay large. The rate of the
 * whole job is estimated from that of this subtask: records reach the subtasks of the source
 * evenly.
 *
 * <p>Memory does not grow with the number of partitions: rates are kept by hash code, so a
 * partition that shares one with a hot partition is spread too, which costs it smaller objects and
 * nothing else. Not thread-safe.
 */
final class Lanes {
  private static final int SLOTS = 4096;
  private static final int RECORDS_BETWEEN_LOOKS = 256;
  private static final long WINDOW_NANOS = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final double bytesPerLane;
  private final int maxLanes;
  private final long[] bytes = new long[SLOTS];
  private final int[] lanes = new int[SLOTS];
  private int next;
  private int untilLook = RECORDS_BETWEEN_LOOKS;
  private long windowStart;
  private int hot;

  /**
   * @param bytesPerLane per second, of the whole job
   * @param sources subtasks that measure
   * @param maxLanes subtasks of the sink
   */
  Lanes(LongSupplier nanoTime, long bytesPerLane, int sources, int maxLanes) {
    this.nanoTime = nanoTime;
    this.bytesPerLane = (double) bytesPerLane / sources;
    this.maxLanes = maxLanes;
    this.windowStart = nanoTime.getAsLong();
    Arrays.fill(lanes, 1);
  }

  /** The lane of the partition's next record: 0 unless the partition is hot. */
  int next(String partition, int size) {
    if (maxLanes == 1) {
      return 0;
    }
    int slot = slot(partition);
    bytes[slot] += size;
    if (--untilLook == 0) {
      untilLook = RECORDS_BETWEEN_LOOKS;
      look();
    }
    return lanes[slot] == 1 ? 0 : Math.floorMod(next++, lanes[slot]);
  }

  /** Hash codes that hold more than one hot partition count once. */
  int hotPartitions() {
    return hot;
  }

  private static int slot(String partition) {
    int hash = partition.hashCode();
    return (hash ^ (hash >>> 12) ^ (hash >>> 24)) & (SLOTS - 1);
  }

  private void look() {
    long now = nanoTime.getAsLong();
    long elapsed = now - windowStart;
    if (elapsed < WINDOW_NANOS) {
      return;
    }
    hot = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      double rate = bytes[slot] * 1e9 / elapsed;
      lanes[slot] = lanes(rate, lanes[slot]);
      hot += lanes[slot] > 1 ? 1 : 0;
      bytes[slot] = 0;
    }
    windowStart = now;
  }

  /** Fewer lanes only when the rate has fallen by a quarter: at the border it does not flutter. */
  private int lanes(double rate, int before) {
    int needed = (int) Math.min(maxLanes, Math.max(1, Math.ceil(rate / bytesPerLane)));
    int kept = (int) Math.min(maxLanes, Math.max(1, Math.ceil(rate / (0.75 * bytesPerLane))));
    return needed >= before ? needed : Math.min(before, kept);
  }
}
