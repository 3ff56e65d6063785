package dev.sluice.local;

import java.time.Instant;

/** A record as it lies in a stream. */
public final class KinesisRecord {
  private final KinesisPosition position;
  private final String partitionKey;
  private final byte[] data;
  private final Instant arrival;

  KinesisRecord(KinesisPosition position, String partitionKey, byte[] data, Instant arrival) {
    this.position = position;
    this.partitionKey = partitionKey;
    this.data = data;
    this.arrival = arrival;
  }

  public KinesisPosition position() {
    return position;
  }

  public String partitionKey() {
    return partitionKey;
  }

  public byte[] data() {
    return data;
  }

  /** When the server received it, to the millisecond. */
  public Instant arrival() {
    return arrival;
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return position + " '" + partitionKey + "', bytes=" + data.length;
  }
}
