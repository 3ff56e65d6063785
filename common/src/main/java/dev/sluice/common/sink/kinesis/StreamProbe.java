package dev.sluice.common.sink.kinesis;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts single records into a stream and reads them back. Nothing is tried again: each answer is
 * itself what a caller wants to know. Not thread-safe.
 */
public interface StreamProbe extends AutoCloseable {
  /**
   * Puts one record.
   *
   * @return where it is stored
   * @throws PutFailedException if it is not, or if no answer came in time
   */
  EntryResult put(StreamEntry entry) throws PutFailedException, InterruptedException;

  /**
   * Reads the record of a place; empty if the service gives none there yet.
   *
   * @throws PutFailedException if the service does not answer, in the terms of puts
   */
  Optional<Found> read(String shard, String sequenceNumber)
      throws PutFailedException, InterruptedException;

  /**
   * By shard that takes records a hash key that leads to it.
   *
   * @throws PutFailedException if the service does not answer, in the terms of puts
   */
  Map<String, String> hashKeys() throws PutFailedException, InterruptedException;

  /**
   * All shards that the stream lists, closed ones too.
   *
   * @throws PutFailedException if the service does not answer, in the terms of puts
   */
  List<String> shards() throws PutFailedException, InterruptedException;

  /**
   * Reads a shard on, to its newest record or until the visitor has enough; slows down where it is
   * throttled.
   *
   * @param after sequence number of a record; null for the oldest record that there is
   * @throws PutFailedException if the service does not answer, in the terms of puts
   */
  void readOn(String shard, @Nullable String after, Visitor visitor)
      throws PutFailedException, InterruptedException;

  @Override
  void close();

  /** Takes records; says whether it wants more. */
  @FunctionalInterface
  interface Visitor {
    boolean record(String partitionKey, Instant arrival);
  }

  /** A record that was read. Immutable; the bytes are not copied. */
  final class Found {
    private final byte[] data;
    private final Instant arrival;

    public Found(byte[] data, Instant arrival) {
      this.data = data;
      this.arrival = arrival;
    }

    public byte[] data() {
      return data;
    }

    /** By the clock of the stream. */
    public Instant arrival() {
      return arrival;
    }
  }
}
