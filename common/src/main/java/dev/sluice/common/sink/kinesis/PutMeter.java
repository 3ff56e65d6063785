package dev.sluice.common.sink.kinesis;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Counts what {@link OrderedPuts} does, on its thread. */
public interface PutMeter {
  /** Gauges: bytes that are not acknowledged, requests under way, and the most records of them. */
  default void observe(LongSupplier bufferedBytes, IntSupplier requests, IntSupplier limit) {}

  /** A request goes, with so many entries. */
  default void sent(int entries) {}

  /** A request has ended, after a time. */
  default void ended(long millis) {}

  /** Records that are in the stream. */
  void stored(int records);

  /** An attempt; the record is tried again unless it is refused. */
  void failed(PutFailure why);

  /** A record that the stream will never take. */
  void refused(String code);
}
