package dev.sluice.partitioning.sink;

import java.io.Serializable;

/** Names the objects of a {@link PartitionedSink}. Thread-safe. */
@FunctionalInterface
public interface ObjectNaming extends Serializable {
  /**
   * The name of an object that is about to be written, for the first and only time.
   *
   * @param partition as {@link PartitionedRecord#partition}
   * @param oldestArrivalMillis the earliest arrival of the object's records, in milliseconds since
   *     the epoch
   * @param failed whether the object holds dead letters
   * @param uuid new for each object; the name must contain it, or else objects replace one another
   * @return path below the root, with {@code /} between its segments, none of which is empty,
   *     {@code .} or {@code ..}
   */
  String name(String partition, long oldestArrivalMillis, boolean failed, String uuid);
}
