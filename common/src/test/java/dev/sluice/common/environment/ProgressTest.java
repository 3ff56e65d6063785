package dev.sluice.common.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final ProgressLine LINE =
      ProgressLine.NONE
          .count("images", "classified")
          .count("rejected", "rejected")
          .silently("unseen")
          .rate("classified")
          .mean("batch mean", "batchSize")
          .count("read", "read files/numRecordsOut");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void sumsOverSubtasksAndKeepsThoseThatEnded() {
    Progress progress = new Progress(LINE);
    SimpleCounter first = counter(progress, "classified", 30);
    counter(progress, "classified", 4);
    counter(progress, "unseen", 2);

    progress.remove(first, "classified", operator("any"));
    first.inc(100); // no longer of interest
    progress.remove(first, "classified", operator("any"));

    assertThat(progress.count("classified")).isEqualTo(34);
    assertThat(progress.count("rejected")).isZero();
    assertThat(progress.count("unseen")).isEqualTo(2);
  }

  @Test
  void weightsMeansWithWhatEachSubtaskHasSeen() {
    Progress progress = new Progress(LINE);
    DescriptiveStatisticsHistogram busy = histogram(progress, 16, 16, 16);
    histogram(progress, 4);

    progress.remove(busy, "batchSize", operator("any"));

    assertThat(progress.mean("batchSize")).isEqualTo(13.0);
    assertThat(progress.count("batchSize")).isEqualTo(4);
  }

  @Test
  void takesRatesOverTheLastReportsOnly() {
    Progress progress = new Progress(LINE);
    SimpleCounter counter = counter(progress, "classified", 0);
    assertThat(progress.rate("classified")).isZero();
    progress.begin(0);
    assertThat(progress.rate("classified")).isZero();

    for (int second = 1; second <= 20; second++) {
      counter.inc(second <= 10 ? 100 : 7);
      progress.report(TimeUnit.SECONDS.toNanos(second));
      if (second == 1) {
        assertThat(progress.rate("classified")).isEqualTo(100.0);
      }
    }

    assertThat(progress.rate("classified")).isEqualTo(7.0);
  }

  @Test
  void tellsOperatorsApartWhoseMetricsShareAName() {
    Progress progress = new Progress(LINE);
    SimpleCounter files = new SimpleCounter();
    SimpleCounter others = new SimpleCounter();
    progress.add(files, "numRecordsOut", operator("read files"));
    progress.add(others, "numRecordsOut", operator("another"));
    files.inc(5);
    others.inc(7);

    assertThat(progress.count("read files/numRecordsOut")).isEqualTo(5);
  }

  @Test
  void refusesAMetricThatTheLineDoesNotShow() {
    assertThatThrownBy(() -> new Progress(LINE).count("clasified"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'clasified'");
  }

  @Test
  void rewritesTheLineOnATerminalAndEndsIt() {
    ProgressPrinter printer = ProgressPrinter.onTerminal(out);

    printer.show("images 1");
    printer.show("images 2");
    printer.end("images 3");

    assertThat(text())
        .isEqualTo(
            "\r\u001b[Kimages 1\r\u001b[Kimages 2\r\u001b[Kimages 3" + System.lineSeparator());
    assertThat(printer.interval()).hasSeconds(1);
  }

  @Test
  void printsPlainLinesElsewhereAndNoneTwice() {
    ProgressPrinter printer = ProgressPrinter.elsewhere(out);

    printer.show("images 1");
    printer.show("images 1");
    printer.end("images 1");

    assertThat(text().lines()).containsExactly("images 1");
    assertThat(printer.interval()).hasSeconds(5);
  }

  @Test
  void linesForPeopleStandAboveTheProgressLineWhileThereIsOne() {
    Progress progress = new Progress(LINE);
    progress.addReporterTo(new Configuration(), out);
    Progress.tell("an alert");
    progress.end(1);
    progress.close();

    assertThat(text().lines()).first().isEqualTo("an alert");

    printed.reset();
    ProgressPrinter printer = ProgressPrinter.onTerminal(out);
    printer.show("images 1");
    printer.tell("an alert");

    assertThat(text())
        .isEqualTo("\r\u001b[Kimages 1\r\u001b[Kan alert" + System.lineSeparator() + "images 1");
  }

  @Test
  void reporterFindsItsProgressAndShowsTheLine() {
    Progress progress = new Progress(LINE);
    Configuration flink = new Configuration();
    flink.set(MetricOptions.REPORTERS_LIST, "prometheus");
    progress.addReporterTo(flink, out);
    ProgressReporter reporter = reporter(flink);
    SimpleCounter counter = new SimpleCounter();
    counter.inc(34);

    reporter.notifyOfAddedMetric(counter, "classified", operator("any"));
    reporter.notifyOfAddedMetric(new SimpleCounter(), "unrelated", operator("any"));
    reporter.report();
    reporter.notifyOfRemovedMetric(counter, "classified", operator("any"));
    progress.end(TimeUnit.SECONDS.toNanos(2));

    assertThat(text().lines())
        .containsExactly(
            "images 34 · rejected 0 · 0.0/s · batch mean 0.0 · read 0",
            "images 34 · rejected 0 · 17.0/s · batch mean 0.0 · read 0");
    assertThat(flink.get(MetricOptions.REPORTERS_LIST)).isEqualTo("prometheus,sluice-progress");
    assertThat(progress.count("classified")).isEqualTo(34);
  }

  @Test
  void reporterOfAnEndedRunSaysSo() {
    Progress progress = new Progress(LINE);
    Configuration flink = new Configuration();
    progress.addReporterTo(flink, out);
    progress.close();

    assertThatThrownBy(() -> reporter(flink)).hasMessageContaining("must be open in this JVM");
  }

  @Test
  void asksForNoReporterWhenThereIsNothingToShow() {
    Configuration flink = new Configuration();

    new Progress(ProgressLine.NONE).addReporterTo(flink, out);

    assertThat(flink.toMap()).isEmpty();
  }

  private static ProgressReporter reporter(Configuration flink) {
    MetricConfig config = new MetricConfig();
    config.setProperty("progress", flink.toMap().get("metrics.reporter.sluice-progress.progress"));
    ProgressReporter reporter =
        new ProgressReporterFactory().createMetricReporter(new Properties());
    reporter.open(config);
    return reporter;
  }

  private static SimpleCounter counter(Progress progress, String name, long count) {
    SimpleCounter counter = new SimpleCounter();
    counter.inc(count);
    progress.add(counter, name, operator("any"));
    return counter;
  }

  private static DescriptiveStatisticsHistogram histogram(Progress progress, long... values) {
    DescriptiveStatisticsHistogram histogram = new DescriptiveStatisticsHistogram(100);
    for (long value : values) {
      histogram.update(value);
    }
    progress.add((Metric) histogram, "batchSize", operator("any"));
    return histogram;
  }

  private static MetricGroup operator(String name) {
    return new UnregisteredMetricsGroup() {
      @Override
      public Map<String, String> getAllVariables() {
        return Map.of("<operator_name>", name);
      }
    };
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
