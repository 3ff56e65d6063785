package dev.sluice.partitioning;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What becomes of records, under stable names; where Amazon Data Firehose has one, under its name.
 * For one thread.
 */
final class PartitioningMetrics {
  private static final int SAMPLES = 1_000;

  /** Of the queries one in so many is timed: reading the clock costs as much as a plain field. */
  private static final int QUERIES_PER_SAMPLE = 64;

  final Counter dropped;
  private final Counter rows;
  private final Counter incomingRecords;
  private final Counter incomingBytes;
  private final Counter converted;
  private final Counter rowBytes;
  private final Counter unfitRecords;
  private final Counter unfitBytes;
  private final Counter deadLetters;
  private final Histogram queryMicros;
  private final MetricGroup group;
  private final Map<String, Counter> byCode = new HashMap<>();
  private int untilSample;

  /**
   * @param hotPartitions that are spread over several subtasks, at the moment
   */
  PartitioningMetrics(MetricGroup group, IntSupplier hotPartitions) {
    this.group = group;
    incomingRecords = group.counter("IncomingRecords");
    incomingBytes = group.counter("IncomingBytes");
    rows = group.counter("rows");
    converted = group.counter("SucceedConversion.Records");
    rowBytes = group.counter("SucceedConversion.Bytes");
    unfitRecords = group.counter("FailedConversion.Records");
    unfitBytes = group.counter("FailedConversion.Bytes");
    queryMicros =
        group.histogram("JQProcessing.Duration", new DescriptiveStatisticsHistogram(SAMPLES));
    dropped = group.counter("droppedRecords");
    deadLetters = group.counter("deadLetters");
    group.<Integer, Gauge<Integer>>gauge("hotPartitions", hotPartitions::getAsInt);
  }

  void incoming(int bytes) {
    incomingRecords.inc();
    incomingBytes.inc(bytes);
  }

  void row(int bytes) {
    rows.inc();
    converted.inc();
    rowBytes.inc(bytes);
  }

  void unfit(int bytes) {
    unfitRecords.inc();
    unfitBytes.inc(bytes);
  }

  /** For {@link #queried}. */
  long beforeQuery() {
    untilSample = untilSample == 0 ? QUERIES_PER_SAMPLE - 1 : untilSample - 1;
    return untilSample == 0 ? System.nanoTime() : Long.MIN_VALUE;
  }

  void queried(long before) {
    if (before != Long.MIN_VALUE) {
      queryMicros.update((System.nanoTime() - before) / 1000);
    }
  }

  /** Codes are few: they are written in the code that rejects. */
  void rejected(String code) {
    deadLetters.inc();
    byCode.computeIfAbsent(code, c -> group.addGroup("code", c).counter("deadLettersByCode")).inc();
  }
}
