package dev.sluice.common.environment;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Lets Flink make a {@link ProgressReporter}; named in {@code META-INF/services}. */
public final class ProgressReporterFactory implements MetricReporterFactory {
  @Override
  public ProgressReporter createMetricReporter(Properties properties) {
    return new ProgressReporter();
  }
}
