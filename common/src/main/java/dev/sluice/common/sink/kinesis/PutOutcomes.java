package dev.sluice.common.sink.kinesis;

/** Hears of each record what became of it: exactly one of the two, exactly once. */
public interface PutOutcomes<T> {
  /** The stream has the record. */
  void stored(T element, Placement placement) throws Exception;

  /** The stream will never take the record. */
  void refused(T element, StreamEntry entry, PutFailure why, int attempts) throws Exception;
}
