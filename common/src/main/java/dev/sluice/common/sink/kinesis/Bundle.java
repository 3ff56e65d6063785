package dev.sluice.common.sink.kinesis;

import java.util.List;

/** What goes as one entry of a request: a record, or a run of one key in an aggregate. */
final class Bundle<T> {
  final List<Waiting<T>> records;
  final StreamEntry entry;
  int attempts;

  /** The service refused a request that held this among others: it goes alone to find the one. */
  boolean alone;

  Bundle(List<Waiting<T>> records, StreamEntry entry) {
    this.records = List.copyOf(records);
    this.entry = entry;
  }
}
