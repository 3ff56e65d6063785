package dev.sluice.common.operator.microbatch;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** The metrics of one subtask, under stable names; {@link MicroBatch} lists them. */
final class BatchMetrics {
  /** Enough for a p99 of the last minutes, at 8 bytes a sample. */
  private static final int SAMPLES = 1_000;

  private final MetricGroup group;
  private final Histogram batchSize;
  private final Histogram queueDelayMillis;
  private final Histogram batchMillis;
  private final Counter batches;
  private final Counter accepted;
  private final Counter rejected;
  private final Counter batchFailures;
  private final Map<String, Counter> rejectedByCode = new HashMap<>();

  BatchMetrics(MetricGroup group) {
    this.group = group;
    batchSize = group.histogram("batchSize", new DescriptiveStatisticsHistogram(SAMPLES));
    queueDelayMillis =
        group.histogram("queueDelayMillis", new DescriptiveStatisticsHistogram(SAMPLES));
    batchMillis = group.histogram("batchMillis", new DescriptiveStatisticsHistogram(SAMPLES));
    batches = group.counter("batches");
    accepted = group.counter("batchElementsAccepted");
    rejected = group.counter("batchElementsRejected");
    batchFailures = group.counter("batchFailures");
  }

  void batch(int elements, long delayMillis, long tookNanos) {
    batches.inc();
    batchSize.update(elements);
    queueDelayMillis.update(delayMillis);
    batchMillis.update(tookNanos / 1_000_000);
  }

  void accepted() {
    accepted.inc();
  }

  void rejected(String code) {
    rejected.inc();
    rejectedByCode
        .computeIfAbsent(code, c -> group.addGroup("errorCode", c).counter("deadLetters"))
        .inc();
  }

  void batchFailed() {
    batchFailures.inc();
  }
}
