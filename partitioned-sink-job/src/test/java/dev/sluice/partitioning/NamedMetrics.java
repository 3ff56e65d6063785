package dev.sluice.partitioning;

import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps the names of metrics that are registered, those of groups below included. */
final class NamedMetrics extends UnregisteredMetricsGroup {
  final Set<String> names = new TreeSet<>();

  @Override
  public Counter counter(String name) {
    names.add(name);
    return new SimpleCounter();
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    names.add(name);
    return gauge;
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    names.add(name);
    return histogram;
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return this;
  }
}
