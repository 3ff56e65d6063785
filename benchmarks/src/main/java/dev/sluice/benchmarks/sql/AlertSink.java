package dev.sluice.benchmarks.sql;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Counts alerts, and sees by the watermark how far those who find them have come: what is read is
 * not done yet, as buffers hold many rows.
 */
final class AlertSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;
  private static final LongAdder ALERTS = new LongAdder();
  private static final AtomicLongArray WATERMARKS = new AtomicLongArray(SqlProcess.PARALLELISM);

  static {
    for (int i = 0; i < WATERMARKS.length(); i++) {
      WATERMARKS.set(i, Long.MIN_VALUE);
    }
  }

  /** In this process. */
  static long alerts() {
    return ALERTS.sum();
  }

  /** The least of all subtasks. */
  static long watermark() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < WATERMARKS.length(); i++) {
      least = Math.min(least, WATERMARKS.get(i));
    }
    return least;
  }

  @Override
  @SuppressWarnings("deprecation") // an abstract method of the interface
  public SinkWriter<T> createWriter(InitContext context) {
    throw new UnsupportedOperationException("Flink 1.20 does not call this");
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(context.getTaskInfo().getIndexOfThisSubtask());
  }

  private record Writer<T>(int subtask) implements SinkWriter<T> {
    @Override
    public void write(T alert, Context context) {
      ALERTS.increment();
    }

    @Override
    public void writeWatermark(Watermark watermark) {
      WATERMARKS.set(subtask, watermark.getTimestamp());
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
