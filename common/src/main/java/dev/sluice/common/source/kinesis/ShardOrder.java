package dev.sluice.common.source.kinesis;

/** When the children of a split or merge are read. */
public enum ShardOrder {
  /** As soon as they are found, beside what is left of their parents. */
  AS_FOUND,
  /**
   * After the last record of their parents, so that a partition key keeps its order when the stream
   * is resharded. All shards are then read by one subtask, which alone knows what is read to its
   * end. With enhanced fan-out it needs a service that ends the subscription of a closed shard, as
   * Amazon Kinesis does.
   */
  PARENTS_FIRST
}
