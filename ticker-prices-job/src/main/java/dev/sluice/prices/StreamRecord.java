package dev.sluice.prices;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record as it lies in the stream. A Flink POJO. */
public final class StreamRecord {
  public byte[] data;
  public String partitionKey;

  /** {@code stream/shard/sequence-number}. */
  public String source;

  /** Milliseconds since the epoch. */
  public long arrivalTimestamp;

  /** For Flink. */
  public StreamRecord() {
    this(new byte[0], "", "", 0L);
  }

  /** With all fields. */
  public StreamRecord(byte[] data, String partitionKey, String source, long arrivalTimestamp) {
    this.data = data;
    this.partitionKey = partitionKey;
    this.source = source;
    this.arrivalTimestamp = arrivalTimestamp;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof StreamRecord)) {
      return false;
    }
    StreamRecord that = (StreamRecord) other;
    return Arrays.equals(data, that.data)
        && partitionKey.equals(that.partitionKey)
        && source.equals(that.source)
        && arrivalTimestamp == that.arrivalTimestamp;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(data), partitionKey, source, arrivalTimestamp);
  }

  /** Without payload and key, which may be large or private. */
  @Override
  public String toString() {
    return "StreamRecord{" + source + ", " + data.length + " bytes}";
  }
}
