package dev.sluice.common.record;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of a stream as bytes, before anything is known about its content.
 *
 * <p>A Flink POJO. Not thread-safe; do not change one that has been emitted.
 */
public final class RawRecord {
  /** The payload as it came. */
  public byte[] data;

  /** When the stream received the record, in milliseconds since the epoch. */
  public long arrivalTimestamp;

  /**
   * Where the record came from: {@code stream/shard/sequence-number}, with {@code /n} behind it for
   * the n-th part of a record that was taken apart, or the URI of an object.
   */
  public String source;

  /** For Flink. */
  public RawRecord() {
    this(new byte[0], 0L, "");
  }

  /** With all fields. */
  public RawRecord(byte[] data, long arrivalTimestamp, String source) {
    this.data = data;
    this.arrivalTimestamp = arrivalTimestamp;
    this.source = source;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof RawRecord)) {
      return false;
    }
    RawRecord that = (RawRecord) other;
    return Arrays.equals(data, that.data)
        && arrivalTimestamp == that.arrivalTimestamp
        && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(data), arrivalTimestamp, source);
  }

  /** Without the payload, which may be large or private. */
  @Override
  public String toString() {
    return String.format("RawRecord{source='%s', bytes=%d}", source, data.length);
  }
}
