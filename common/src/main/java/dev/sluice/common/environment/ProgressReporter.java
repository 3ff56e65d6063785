package dev.sluice.common.environment;

import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the {@link Progress} of a local run, which it finds in this JVM by the id in its
 * configuration.
 */
public final class ProgressReporter implements MetricReporter, Scheduled {
  private @Nullable Progress progress;

  @Override
  public void open(MetricConfig config) {
    String id = config.getString(Progress.ID, "");
    progress =
        Progress.open(id)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Progress '"
                            + id
                            + "' must be open in this JVM: only local runs have one"));
  }

  @Override
  public void close() {
    progress = null;
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
    if (progress != null) {
      progress.add(metric, metricName, group);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
    if (progress != null) {
      progress.remove(metric, metricName, group);
    }
  }

  @Override
  public void report() {
    if (progress != null) {
      progress.report(System.nanoTime());
    }
  }
}
