package dev.sluice.common.operator.microbatch;

import java.io.Serializable;
import java.time.Duration;

/** When a batch is full: the first limit that is reached counts. Immutable. */
public final class BatchLimits implements Serializable {
  private static final long serialVersionUID = 1L;

  final int maxElements;
  final long maxBytes;
  final long maxAgeMillis;

  private BatchLimits(int maxElements, long maxBytes, long maxAgeMillis) {
    this.maxElements = maxElements;
    this.maxBytes = maxBytes;
    this.maxAgeMillis = maxAgeMillis;
  }

  /**
   * Limits on count and age; bytes are not limited.
   *
   * @param maxElements at least 1
   * @param maxAge from the arrival of the first element to the start of the batch; at least 1 ms
   */
  public static BatchLimits of(int maxElements, Duration maxAge) {
    return of(maxElements, Long.MAX_VALUE, maxAge);
  }

  /**
   * Limits on count, bytes and age.
   *
   * @param maxBytes in the measure that {@link MicroBatch.Builder#sizedBy} gives; an element above
   *     it is a batch by itself
   */
  public static BatchLimits of(int maxElements, long maxBytes, Duration maxAge) {
    require(maxElements >= 1, "elements", maxElements);
    require(maxBytes >= 1, "bytes", maxBytes);
    require(maxAge.toMillis() >= 1, "age in milliseconds", maxAge.toMillis());
    return new BatchLimits(maxElements, maxBytes, maxAge.toMillis());
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Limit of a batch in " + what + " must be at least 1, but was '" + value + "'");
    }
  }
}
