package dev.sluice.replication;

/** What becomes of aggregates of the Kinesis Producer Library. */
enum AggregateHandling {
  /** Each user record is a record of the target, with its own partition key and hash key. */
  TAKE_APART,
  /**
   * They stay as they are, byte by byte, and lie where the hash key of their first user record
   * says. Records of a source shard then keep their order as a whole, one per round trip, because
   * any two aggregates may hold the same user key.
   */
  PASS_THROUGH
}
