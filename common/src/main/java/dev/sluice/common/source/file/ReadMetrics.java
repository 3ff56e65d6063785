package dev.sluice.common.source.file;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** Metrics of a {@link FileObjectReader}; counted by its reading thread. */
final class ReadMetrics {
  private final Counter bytesRead;
  private final Counter retries;
  private final Counter superseded;

  ReadMetrics(MetricGroup group) {
    this.bytesRead = group.counter("bytesRead", new ThreadSafeSimpleCounter());
    this.retries = group.counter("readRetries", new ThreadSafeSimpleCounter());
    this.superseded = group.counter("objectsSuperseded", new ThreadSafeSimpleCounter());
  }

  void read(long bytes) {
    bytesRead.inc(bytes);
  }

  void retried() {
    retries.inc();
  }

  void superseded() {
    superseded.inc();
  }
}
