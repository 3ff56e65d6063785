package dev.sluice.common.sink.kinesis;

import java.util.SplittableRandom;

/** Pauses before another attempt: doubled each time, half of them random. Not thread-safe. */
final class Pauses {
  private static final int MOST_DOUBLINGS = 30;

  private final long first;
  private final long longest;
  private final SplittableRandom random = new SplittableRandom();

  Pauses(PutSettings settings) {
    first = settings.firstPauseMillis;
    longest = settings.longestPauseMillis;
  }

  /**
   * Milliseconds, at least 1.
   *
   * @param attempts that have failed, from 1
   */
  long before(int attempts) {
    long whole = Math.min(longest, first << Math.min(attempts - 1, MOST_DOUBLINGS));
    return Math.max(1, whole / 2 + random.nextLong(whole / 2 + 1));
  }
}
