package dev.sluice.partitioning.sink;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buffers by the power of two that their size reaches: finds one of the largest in constant time.
 * Within a class the one that has been in it for longest is first.
 */
final class SizeClasses {
  private final List<LinkedHashSet<PartitionBuffer>> classes = new ArrayList<>();

  SizeClasses() {
    for (int i = 0; i < Integer.SIZE; i++) {
      classes.add(new LinkedHashSet<>());
    }
  }

  /** To be called when the number of a buffer's segments has changed. */
  void update(PartitionBuffer buffer) {
    int now = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(buffer.rows.segments() | 1);
    if (now != buffer.sizeClass) {
      remove(buffer);
      classes.get(now).add(buffer);
      buffer.sizeClass = now;
    }
  }

  void remove(PartitionBuffer buffer) {
    if (buffer.sizeClass >= 0) {
      classes.get(buffer.sizeClass).remove(buffer);
      buffer.sizeClass = -1;
    }
  }

  /** One that is at least half as large as the largest; null if there is none that holds a row. */
  @Nullable PartitionBuffer largest() {
    for (int i = Integer.SIZE - 1; i >= 0; i--) {
      if (!classes.get(i).isEmpty()) {
        return classes.get(i).iterator().next();
      }
    }
    return null;
  }
}
