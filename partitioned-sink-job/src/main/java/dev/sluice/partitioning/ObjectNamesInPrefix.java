package dev.sluice.partitioning;

import dev.sluice.partitioning.format.ObjectNames;
import dev.sluice.partitioning.prefix.ObjectPrefix;
import dev.sluice.partitioning.sink.ObjectNaming;
import java.time.ZoneId;

/** Names of objects: the prefix of their partition, then Firehose's name. Immutable. */
final class ObjectNamesInPrefix implements ObjectNaming {
  private static final long serialVersionUID = 1L;
  private static final int RANDOM_LENGTH = 11;

  private final ZoneId zone;
  private final ObjectNames data;
  private final ObjectNames errors;

  ObjectNamesInPrefix(ZoneId zone, ObjectNames data, ObjectNames errors) {
    this.zone = zone;
    this.data = data;
    this.errors = errors;
  }

  @Override
  public String name(String partition, long oldestArrivalMillis, boolean failed, String uuid) {
    // New for each object, and the same when the object is written again after a restore.
    String random = uuid.replace("-", "").substring(0, RANDOM_LENGTH);
    String prefix = ObjectPrefix.of(partition, zone).at(oldestArrivalMillis, random);
    return prefix + (failed ? errors : data).at(oldestArrivalMillis, uuid);
  }
}
