package dev.sluice.common.sink.kinesis;

/** A record in the queue of its key. */
final class Waiting<T> {
  /** Objects around the bytes, so that small records count for what they take. */
  private static final int OVERHEAD = 256;

  final T element;
  final StreamEntry entry;

  Waiting(T element, StreamEntry entry) {
    this.element = element;
    this.entry = entry;
  }

  static long bytes(StreamEntry entry) {
    return (long) entry.size() + OVERHEAD;
  }
}
