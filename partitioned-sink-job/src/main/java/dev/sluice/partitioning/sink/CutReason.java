package dev.sluice.partitioning.sink;

/** Why an object was closed, with the name of the counter of such objects. */
enum CutReason {
  SIZE("objectsCutBySize"),
  AGE("objectsCutByAge"),
  INACTIVITY("objectsCutByInactivity"),
  MEMORY("objectsCutByMemory"),
  PARTITION_LIMIT("objectsCutByPartitionLimit"),
  END_OF_INPUT("objectsCutByEndOfInput");

  final String counter;

  CutReason(String counter) {
    this.counter = counter;
  }
}
