package dev.sluice.partitioning.sink;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps the metrics that are registered, by name. */
final class CapturedMetrics extends UnregisteredMetricsGroup implements SinkWriterMetricGroup {
  private final Map<String, Counter> counters = new TreeMap<>();
  private final Map<String, Gauge<?>> gauges = new TreeMap<>();
  private final Map<String, Histogram> histograms = new TreeMap<>();

  /** All that were registered. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(counters.keySet());
    names.addAll(gauges.keySet());
    names.addAll(histograms.keySet());
    return names;
  }

  long count(String name) {
    return counter(name).getCount();
  }

  long gauge(String name) {
    return ((Number) gauges.get(name).getValue()).longValue();
  }

  Histogram histogram(String name) {
    return histograms.get(name);
  }

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(name, n -> new SimpleCounter());
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    histograms.put(name, histogram);
    return histogram;
  }

  @Override
  public Counter getNumRecordsSendCounter() {
    return counter("numRecordsSend");
  }

  @Override
  public Counter getNumBytesSendCounter() {
    return counter("numBytesSend");
  }

  @Override
  @Deprecated
  public Counter getNumRecordsOutErrorsCounter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Counter getNumRecordsSendErrorsCounter() {
    return counter("numRecordsSendErrors");
  }

  @Override
  public void setCurrentSendTimeGauge(Gauge<Long> gauge) {}

  @Override
  public OperatorIOMetricGroup getIOMetricGroup() {
    throw new UnsupportedOperationException();
  }
}
