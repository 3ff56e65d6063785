package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open buffers that have a format and rules in common: those of data, or of dead letters. */
final class BufferGroup {
  final boolean failed;
  final ObjectFormat format;
  final BufferRules rules;

  /** Bytes of rows that should make a part; more where they are found to compress well. */
  long partRowBytes = PartUploads.PART_BYTES + (PartUploads.PART_BYTES >> 4);

  private final Map<String, PartitionBuffer> byPartition = new HashMap<>();
  private final Set<PartitionBuffer> byAge = new LinkedHashSet<>();
  private long nextIdleScan = Long.MIN_VALUE;

  BufferGroup(boolean failed, ObjectFormat format, BufferRules rules) {
    this.failed = failed;
    this.format = format;
    this.rules = rules;
  }

  @Nullable PartitionBuffer find(String partition) {
    return byPartition.get(partition);
  }

  /** Another thread may read a number that is a moment old. */
  int size() {
    return byPartition.size();
  }

  PartitionBuffer open(String partition, long now) {
    PartitionBuffer buffer = new PartitionBuffer(this, partition, now);
    byPartition.put(partition, buffer);
    byAge.add(buffer);
    return buffer;
  }

  void remove(PartitionBuffer buffer) {
    byPartition.remove(buffer.partition);
    byAge.remove(buffer);
  }

  Collection<PartitionBuffer> all() {
    return byAge;
  }

  /** The one that was opened first; null if there is none. */
  @Nullable PartitionBuffer oldest() {
    return byAge.isEmpty() ? null : byAge.iterator().next();
  }

  /** The one that was opened first of those that can be cut at once; null if there is none. */
  @Nullable PartitionBuffer oldestAtRest() {
    for (PartitionBuffer buffer : byAge) {
      if (!buffer.partInFlight) {
        return buffer;
      }
    }
    return null;
  }

  /** Restored buffers bring the time at which they were opened with them. */
  void sortByAge() {
    List<PartitionBuffer> sorted = new ArrayList<>(byAge);
    sorted.sort(Comparator.comparingLong(buffer -> buffer.createdMillis));
    byAge.clear();
    byAge.addAll(sorted);
  }

  /** Buffers whose age has reached the rule; costs nothing for the others. */
  List<PartitionBuffer> ofAge(long now) {
    List<PartitionBuffer> due = new ArrayList<>();
    for (PartitionBuffer buffer : byAge) {
      if (now - buffer.createdMillis < rules.ageMillis) {
        break;
      }
      due.add(buffer);
    }
    return due;
  }

  /** Buffers that have had no record for as long as the rule says; looks at all, now and then. */
  List<PartitionBuffer> inactive(long now) {
    List<PartitionBuffer> due = new ArrayList<>();
    if (rules.inactivityMillis == Long.MAX_VALUE || now < nextIdleScan) {
      return due;
    }
    nextIdleScan = now + rules.inactivityMillis / 16;
    for (PartitionBuffer buffer : byAge) {
      if (now - buffer.lastMillis >= rules.inactivityMillis) {
        due.add(buffer);
      }
    }
    return due;
  }

  /** When the next object is due if no more records come; {@link Long#MAX_VALUE} for never. */
  long nextDueMillis() {
    long next = Long.MAX_VALUE;
    PartitionBuffer oldest = oldest();
    if (oldest != null && rules.ageMillis != Long.MAX_VALUE) {
      next = oldest.createdMillis + rules.ageMillis;
    }
    if (rules.inactivityMillis != Long.MAX_VALUE) {
      for (PartitionBuffer buffer : byAge) {
        next = Math.min(next, buffer.lastMillis + rules.inactivityMillis);
      }
    }
    return next;
  }
}
