package dev.sluice.partitioning.sink;

/** What happens to a record of one more partition than may be active. */
public enum OverflowPolicy {
  /** It becomes a dead letter under the error prefix, as with Amazon Data Firehose. */
  ERROR_PREFIX,
  /** The object of the partition that has been active for longest is closed early. */
  CLOSE_OLDEST,
  /**
   * The sink waits until an object comes of age, for 10 s at most: no checkpoint passes a task that
   * waits. Then, or if there is no rule by age or inactivity, the oldest object is closed early.
   */
  BACKPRESSURE
}
