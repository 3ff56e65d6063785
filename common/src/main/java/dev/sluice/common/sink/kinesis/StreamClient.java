package dev.sluice.common.sink.kinesis;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts records into one stream. Thread-safe; several requests may be under way at a time. */
public interface StreamClient extends AutoCloseable {
  /**
   * Sends one request, and does not retry it. The future completes within a time that the client
   * bounds, on any thread: with a result for each entry, in their order, or with a {@link
   * PutFailedException}. Anything else fails the task.
   *
   * @param entries 1 to 500
   */
  CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries);

  /** Ends requests that are under way; waits for none. */
  @Override
  void close();

  /** Opens a client in the task that uses it. */
  @FunctionalInterface
  interface Factory extends Serializable {
    StreamClient open();
  }
}
