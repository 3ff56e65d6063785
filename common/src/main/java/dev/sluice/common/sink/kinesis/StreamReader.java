package dev.sluice.common.sink.kinesis;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Reads back what lies in a stream, for comparisons. Not thread-safe. */
public interface StreamReader extends AutoCloseable {
  /** All shards that the stream lists, closed ones too. */
  List<String> shards() throws IOException, InterruptedException;

  /**
   * Reads the records of a shard that arrived from a time on and before another one, in order, and
   * not beyond the newest one that is there now.
   */
  void read(String shard, Instant from, Instant to, Visitor visitor)
      throws IOException, InterruptedException;

  @Override
  void close();

  /** Takes records. */
  @FunctionalInterface
  interface Visitor {
    void record(byte[] data, String partitionKey, Instant arrival);
  }
}
