package dev.sluice.partitioning;

/** Names of the operators in savepoints. Never changed, never used again for something else. */
final class Uids {
  static final String READ = "read-records";
  static final String READ_KINESIS = "read-kinesis";
  static final String SPLIT_REJECTED = "split-rejected-objects";
  static final String OBJECTS_TO_RECORDS = "objects-to-records";
  static final String PARTITION = "partition-records";
  static final String REJECTED_TO_ROWS = "rejected-objects-to-rows";
  static final String WRITE = "write-partitions";

  private Uids() {}
}
