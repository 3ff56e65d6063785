package dev.sluice.partitioning.sink;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of a writer, under stable names; where Amazon Data Firehose has one, under its name.
 *
 * <p>Reporters read from threads of their own, so gauges show what the task's thread has last noted
 * at a tick, which is at least each second.
 */
final class SinkMetrics {
  static final long INTERVAL_MILLIS = 10_000;

  private static final int SAMPLES = 1_000;

  private final SinkWriterMetricGroup group;
  private final Map<CutReason, Counter> cuts = new EnumMap<>(CutReason.class);
  private final Counter refused;
  private final Counter parts;
  private final Histogram objectBytes;
  private final Histogram objectRecords;
  private final int mostPartitions;
  private volatile int partitions;
  private volatile int exceeded;
  private volatile long throughput;
  private volatile long bufferedBytes;
  private volatile int uploadsInFlight;
  private volatile long freshnessSeconds;
  private boolean exceededNow;
  private long highestNow;
  private long intervalEnd = Long.MIN_VALUE;

  SinkMetrics(SinkWriterMetricGroup group, int mostPartitions) {
    this.group = group;
    this.mostPartitions = mostPartitions;
    for (CutReason reason : CutReason.values()) {
      cuts.put(reason, group.counter(reason.counter));
    }
    refused = group.counter("recordsRefused");
    parts = group.counter("partsUploaded");
    objectBytes = group.histogram("objectBytes", new DescriptiveStatisticsHistogram(SAMPLES));
    objectRecords = group.histogram("objectRecords", new DescriptiveStatisticsHistogram(SAMPLES));
    gauge("PartitionCount", () -> partitions);
    gauge("PartitionCountExceeded", () -> exceeded);
    gauge("partitionCountNearLimit", () -> isNearLimit(partitions) ? 1 : 0);
    gauge("PerPartitionThroughput", () -> throughput);
    gauge("bufferedBytes", () -> bufferedBytes);
    gauge("uploadsInFlight", () -> uploadsInFlight);
    gauge("DeliveryToS3.DataFreshness", () -> freshnessSeconds);
  }

  void cut(PartitionBuffer buffer, CutReason reason, long now) {
    Counter counter = cuts.get(reason);
    if (counter != null) {
      counter.inc();
    }
    group.getNumRecordsSendCounter().inc(buffer.records());
    throughput(buffer, now);
  }

  void uploaded(ObjectCommittable object) {
    group.getNumBytesSendCounter().inc(object.bytes);
    objectBytes.update(object.bytes);
    objectRecords.update(object.records);
  }

  void partUploaded() {
    parts.inc();
  }

  void refused() {
    refused.inc();
  }

  /** A partition more than may be active came. */
  void exceeded() {
    exceededNow = true;
    exceeded = 1;
  }

  void tick(OpenBuffers buffers, ObjectUploads uploads, long now) {
    partitions = buffers.data.size();
    bufferedBytes = buffers.takenBytes();
    uploadsInFlight = uploads.running();
    freshnessSeconds =
        Math.max(0, now - Math.min(buffers.oldestMillis(now), uploads.oldestMillis(now))) / 1000;
    if (now >= intervalEnd) {
      buffers.all().forEach(buffer -> throughput(buffer, now));
      throughput = highestNow;
      exceeded = exceededNow ? 1 : 0;
      highestNow = 0;
      exceededNow = false;
      intervalEnd = now + INTERVAL_MILLIS;
    }
  }

  /** From 80 % of the partitions that may be active. */
  private boolean isNearLimit(int active) {
    return active * 5L >= mostPartitions * 4L;
  }

  /** Bytes per second of the one with the most, over the life of its object. */
  private void throughput(PartitionBuffer buffer, long now) {
    long seconds = Math.max(1, (now - buffer.createdMillis) / 1000);
    highestNow = Math.max(highestNow, buffer.rowBytes() / seconds);
  }

  private <T> void gauge(String name, Gauge<T> gauge) {
    group.gauge(name, gauge);
  }
}
