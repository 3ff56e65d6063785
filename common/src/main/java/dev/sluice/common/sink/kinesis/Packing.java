package dev.sluice.common.sink.kinesis;

/** What happens to records of one key that wait for each other. */
public enum Packing {
  /** Each goes in a request of its own after the one before it is acknowledged. */
  NONE,
  /**
   * Those that wait go as one Kinesis record, an aggregate of the Kinesis Producer Library: the
   * order inside it is fixed, and a key is not held to one record per round trip. Consumers must
   * take aggregates apart, as the Kinesis Client Library, Lambda with its library and Flink do.
   */
  AGGREGATE
}
