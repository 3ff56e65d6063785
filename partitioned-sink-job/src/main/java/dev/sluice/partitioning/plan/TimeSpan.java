package dev.sluice.partitioning.plan;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Times of the rows of a sample, and the rate that they speak of. One row in a hundred at either
 * end is left out of account: one device whose clock is wrong by years would stretch the sample
 * over them. Not thread-safe.
 */
final class TimeSpan {
  private static final int OUTLIERS_IN = 100;

  private long[] millis = new long[1024];
  private int size;

  void add(long epochMillis) {
    if (size == millis.length) {
      millis = Arrays.copyOf(millis, 2 * size);
    }
    millis[size++] = epochMillis;
  }

  int size() {
    return size;
  }

  /** Empty if there are fewer than two times, or all are the same. */
  OptionalDouble perSecond() {
    if (size < 2) {
      return OptionalDouble.empty();
    }
    long[] sorted = Arrays.copyOf(millis, size);
    Arrays.sort(sorted);
    int first = (size - 1) / OUTLIERS_IN;
    int last = size - 1 - first;
    double seconds = ((double) sorted[last] - sorted[first]) / 1000;
    return seconds > 0 ? OptionalDouble.of((last - first) / seconds) : OptionalDouble.empty();
  }
}
