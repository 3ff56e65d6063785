package dev.sluice.partitioning.sink;

import java.io.Serializable;
import java.time.Duration;

/**
 * When the rows that a partition has collected become an object: at the first of these limits.
 *
 * <p>A checkpoint is none of them. When memory runs short, an object may be closed before.
 * Immutable.
 */
public final class BufferRules implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long LEAST_BYTES = 1024;

  /** Amazon S3 takes 10,000 parts, and a part may have no more than 5 MiB. */
  private static final long MOST_BYTES = 32L << 30;

  final long bytes;
  final long records;
  final long ageMillis;
  final long inactivityMillis;

  private BufferRules(long bytes, long records, long ageMillis, long inactivityMillis) {
    this.bytes = bytes;
    this.records = records;
    this.ageMillis = ageMillis;
    this.inactivityMillis = inactivityMillis;
  }

  /**
   * Closes an object that has reached so many bytes of rows, before compression; no other limit.
   *
   * @param bytes from 1,024 to 32 GiB
   */
  public static BufferRules ofBytes(long bytes) {
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "Bytes of a buffer must be from "
              + LEAST_BYTES
              + " to "
              + MOST_BYTES
              + ", but were '"
              + bytes
              + "'");
    }
    return new BufferRules(bytes, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Closes an object that has so many records, too. */
  public BufferRules records(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "Records of a buffer must be at least 1, but were '" + limit + "'");
    }
    return new BufferRules(bytes, limit, ageMillis, inactivityMillis);
  }

  /** Closes an object so long after its first record has reached the sink, too. */
  public BufferRules age(Duration limit) {
    return new BufferRules(bytes, records, millis("Age", limit), inactivityMillis);
  }

  /** Closes an object so long after its last record has reached the sink, too. */
  public BufferRules inactivity(Duration limit) {
    return new BufferRules(bytes, records, ageMillis, millis("Inactivity", limit));
  }

  boolean isComplete(long bytesNow, long recordsNow) {
    return bytesNow >= bytes || recordsNow >= records;
  }

  /** The shorter of the two times, in milliseconds; {@link Long#MAX_VALUE} without any. */
  long shortestMillis() {
    return Math.min(ageMillis, inactivityMillis);
  }

  private static long millis(String what, Duration limit) {
    if (limit.toMillis() < 1) {
      throw new IllegalArgumentException(
          what + " of a buffer must be at least 1 ms, but was '" + limit + "'");
    }
    return limit.toMillis();
  }

  @Override
  public String toString() {
    return "BufferRules{bytes="
        + bytes
        + shown(", records=", records)
        + shown(", age ms=", ageMillis)
        + shown(", inactivity ms=", inactivityMillis)
        + "}";
  }

  private static String shown(String name, long limit) {
    return limit == Long.MAX_VALUE ? "" : name + limit;
  }
}
