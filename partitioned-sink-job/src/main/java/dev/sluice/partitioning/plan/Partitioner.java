package dev.sluice.partitioning.plan;

import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.util.OptionalLong;

/**
 * What the job does with one record, without its stream and its sink.
 *
 * <p>Used by one thread.
 */
public interface Partitioner {
  /**
   * Takes a record apart and finds the partitions of its parts.
   *
   * @param out gets each row, and each dead letter as a failed row
   * @throws Exception for failures that are not the record's fault; the plan ends with them
   */
  void partition(RawRecord record, Rows out) throws Exception;

  /** Where rows go. */
  interface Rows {
    /**
     * Takes a row; neither it nor its arrays change afterwards.
     *
     * @param eventMillis when what the row tells of happened, in milliseconds since the epoch;
     *     empty if the configuration names no field for it
     */
    void add(PartitionedRecord row, OptionalLong eventMillis);

    /** Takes a row of which nobody knows when it happened. */
    default void add(PartitionedRecord row) {
      add(row, OptionalLong.empty());
    }
  }
}
