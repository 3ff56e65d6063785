package dev.sluice.partitioning.sink;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory for rows of one subtask: a number of small segments that its partitions share.
 *
 * <p>Segments are made when they are first needed, and then kept. Not thread-safe: only the task's
 * thread takes and gives, so what is taken is exact at any time.
 */
final class SegmentPool {
  /** Small, for a partition of one record costs a segment; large enough for a dozen records. */
  static final int SEGMENT_BYTES = 4096;

  private final int capacity;
  private final Deque<byte[]> idle = new ArrayDeque<>();
  private int taken;

  SegmentPool(long bytes) {
    this.capacity = (int) Math.min(Integer.MAX_VALUE, bytes / SEGMENT_BYTES);
  }

  int capacity() {
    return capacity;
  }

  int available() {
    return capacity - taken;
  }

  /** Bytes that are in use; another thread may read a number that is a moment old. */
  long takenBytes() {
    return (long) taken * SEGMENT_BYTES;
  }

  byte[] take() {
    if (taken == capacity) {
      throw new IllegalStateException("All " + capacity + " segments are taken");
    }
    taken++;
    byte[] segment = idle.pollLast();
    return segment == null ? new byte[SEGMENT_BYTES] : segment;
  }

  void give(byte[] segment) {
    taken--;
    idle.addLast(segment);
  }
}
