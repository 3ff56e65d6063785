package dev.sluice.common.source.kinesis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;

/** Reads nothing of a shard until it may. For the thread of that shard. */
final class HeldBackPublisher implements RecordPublisher {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final RecordPublisher inner;
  private final BooleanSupplier mayRead;
  private boolean reads;

  HeldBackPublisher(RecordPublisher inner, BooleanSupplier mayRead) {
    this.inner = inner;
    this.mayRead = mayRead;
  }

  @Override
  public RecordPublisherRunResult run(RecordBatchConsumer consumer) throws InterruptedException {
    reads = reads || mayRead.getAsBoolean();
    if (reads) {
      return inner.run(consumer);
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted while a shard waited for its parents");
    }
    return RecordPublisherRunResult.INCOMPLETE;
  }
}
