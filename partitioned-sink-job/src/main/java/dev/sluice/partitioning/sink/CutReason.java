package dev.sluice.partitioning.sink;

/** Why an object was closed, with the name of the counter of such objects. */
public enum CutReason {
  /** It had the bytes, or the records, that end an object. */
  SIZE("objectsCutBySize"),
  /** Its first record was old enough. */
  AGE("objectsCutByAge"),
  /** No record had come for long enough. */
  INACTIVITY("objectsCutByInactivity"),
  /** Its memory was needed. */
  MEMORY("objectsCutByMemory"),
  /** Another partition came, and no more may be active. */
  PARTITION_LIMIT("objectsCutByPartitionLimit"),
  /** The stream has ended. */
  END_OF_INPUT("objectsCutByEndOfInput");

  /** Name of the counter of such objects. */
  public final String counter;

  CutReason(String counter) {
    this.counter = counter;
  }
}
