package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the number of active partitions of a subtask within its limit. */
final class PartitionAdmission {
  /** No checkpoint passes while the task waits, so this must be well below their time-out. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long LOOK_MILLIS = 20;

  private final OpenBuffers buffers;
  private final ObjectUploads uploads;
  private final SinkMetrics metrics;
  private final PartitionLimit limit;
  private final int most;

  PartitionAdmission(
      PartitionLimit limit,
      int most,
      OpenBuffers buffers,
      ObjectUploads uploads,
      SinkMetrics metrics) {
    this.limit = limit;
    this.most = most;
    this.metrics = metrics;
    this.buffers = buffers;
    this.uploads = uploads;
  }

  /** Whether the record may go into its partition; there is room for it then. */
  boolean admits(PartitionedRecord record) throws IOException, InterruptedException {
    if (buffers.data.size() < most || buffers.data.find(record.partition) != null) {
      return true;
    }
    metrics.exceeded();
    if (limit.policy == OverflowPolicy.ERROR_PREFIX && record.refusal != null) {
      return false;
    }
    if (limit.policy == OverflowPolicy.BACKPRESSURE) {
      awaitDue();
    }
    while (buffers.data.size() >= most) {
      @Nullable PartitionBuffer oldest = buffers.data.oldestAtRest();
      if (oldest == null) {
        uploads.await();
      } else {
        buffers.cut(oldest, CutReason.PARTITION_LIMIT);
      }
    }
    return true;
  }

  /** Makes the record a dead letter. */
  void refuse(PartitionedRecord record) throws IOException, InterruptedException {
    byte[] refusal = record.refusal;
    if (refusal == null) {
      throw new IllegalStateException("Only a record with a refusal can be refused: " + record);
    }
    metrics.refused();
    buffers.add(buffers.deadLetters, limit.errorPartition, refusal, record.arrivalTimestamp);
  }

  private void awaitDue() throws IOException, InterruptedException {
    long start = System.nanoTime();
    long due = buffers.data.nextDueMillis();
    while (due != Long.MAX_VALUE
        && buffers.refreshTime() < due
        && System.nanoTime() - start < LONGEST_WAIT_NANOS) {
      uploads.await(Math.max(1, Math.min(LOOK_MILLIS, due - buffers.refreshTime())));
    }
    buffers.cutDue();
  }
}
