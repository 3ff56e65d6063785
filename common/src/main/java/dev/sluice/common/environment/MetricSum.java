package dev.sluice.common.environment;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;

/** The metrics of one name in all subtasks, those of ended subtasks included. Not thread-safe. */
final class MetricSum {
  private final Set<Metric> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private long endedCount;
  private double endedTotal;

  void add(Metric metric) {
    live.add(metric);
  }

  /** The metric's subtask has ended: its last values stay in the sum. */
  void remove(Metric metric) {
    if (live.remove(metric)) {
      endedCount += count(metric);
      endedTotal += total(metric);
    }
  }

  long count() {
    return endedCount + live.stream().mapToLong(MetricSum::count).sum();
  }

  double mean() {
    long count = count();
    return count == 0
        ? 0
        : (endedTotal + live.stream().mapToDouble(MetricSum::total).sum()) / count;
  }

  private static long count(Metric metric) {
    if (metric instanceof Counter) {
      return ((Counter) metric).getCount();
    }
    if (metric instanceof Meter) {
      return ((Meter) metric).getCount();
    }
    if (metric instanceof Histogram) {
      return ((Histogram) metric).getCount();
    }
    Object value = metric instanceof Gauge ? ((Gauge<?>) metric).getValue() : null;
    return value instanceof Number ? ((Number) value).longValue() : 0;
  }

  private static double total(Metric metric) {
    if (metric instanceof Histogram && ((Histogram) metric).getCount() > 0) {
      return ((Histogram) metric).getStatistics().getMean() * ((Histogram) metric).getCount();
    }
    return 0;
  }
}
