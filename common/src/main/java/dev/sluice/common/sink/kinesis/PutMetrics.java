package dev.sluice.common.sink.kinesis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of one subtask, under stable names; {@link OrderedKinesisSink} lists them. */
final class PutMetrics implements PutMeter {
  private static final Logger LOG = LoggerFactory.getLogger(PutMetrics.class);

  /** Enough for a p99 of the last minutes, at 8 bytes a sample. */
  private static final int SAMPLES = 1_000;

  private final MetricGroup group;
  private final Histogram putMillis;
  private final Histogram putEntries;
  private final Counter stored;
  private final Counter throttled;
  private final Counter failed;
  private final Counter refused;
  private final Map<String, Counter> refusedByCode = new HashMap<>();
  private final Set<String> warned = new HashSet<>();

  PutMetrics(MetricGroup group) {
    this.group = group;
    putMillis = group.histogram("putMillis", new DescriptiveStatisticsHistogram(SAMPLES));
    putEntries = group.histogram("putEntries", new DescriptiveStatisticsHistogram(SAMPLES));
    stored = group.counter("recordsStored");
    throttled = group.counter("recordsThrottled");
    failed = group.counter("recordsFailed");
    refused = group.counter("recordsRefused");
  }

  @Override
  public void observe(LongSupplier bufferedBytes, IntSupplier requests, IntSupplier limit) {
    group.gauge("bufferedBytes", (Gauge<Long>) bufferedBytes::getAsLong);
    group.gauge("requestsUnderWay", (Gauge<Integer>) requests::getAsInt);
    group.gauge("recordsUnderWayLimit", (Gauge<Integer>) limit::getAsInt);
  }

  @Override
  public void sent(int entries) {
    putEntries.update(entries);
  }

  @Override
  public void ended(long millis) {
    putMillis.update(millis);
  }

  @Override
  public void stored(int records) {
    stored.inc(records);
  }

  @Override
  public void failed(PutFailure why) {
    (why.kind() == FailureKind.THROTTLED ? throttled : failed).inc();
    if (warned.add(why.code())) {
      LOG.warn("First of its kind, others are counted: {}", why);
    }
  }

  @Override
  public void refused(String code) {
    refused.inc();
    refusedByCode
        .computeIfAbsent(code, c -> group.addGroup("errorCode", c).counter("deadLetters"))
        .inc();
  }
}
