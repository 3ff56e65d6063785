package dev.sluice.common.source.kinesis;

import java.io.Serializable;

/** Makes an element of the stream out of a record as it lies in a shard. */
@FunctionalInterface
public interface KinesisRecordMapper<T> extends Serializable {
  /**
   * Makes one element of one record.
   *
   * @param data not shared with anybody
   * @param sequenceNumber decimal
   * @param arrivalTimestamp approximate, in milliseconds since the epoch
   * @param shard such as {@code shardId-000000000000}
   */
  T map(
      byte[] data,
      String partitionKey,
      String sequenceNumber,
      long arrivalTimestamp,
      String stream,
      String shard);
}
