package dev.sluice.common.environment;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Sums of a local run's metrics over all subtasks: while the job runs, and after it for the
 * summary.
 *
 * <p>What a subtask counted before a restart stays in the sum: after a restart these are attempts,
 * and elements that were replayed count twice. Thread-safe.
 */
public final class Progress implements AutoCloseable {
  static final String ID = "progress";

  private static final String REPORTER = "sluice-progress";

  /** Reports over which a rate is taken. */
  private static final int RATE_REPORTS = 6;

  /**
   * Flink makes reporters from configuration, which holds strings only: a reporter finds its object
   * here.
   */
  private static final Map<String, Progress> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final ProgressLine line;
  private final Map<String, MetricSum> sums = new HashMap<>();
  private final Map<String, Deque<Sample>> samples = new HashMap<>();
  private @Nullable ProgressPrinter printer;
  private long begun;

  Progress(ProgressLine line) {
    this.line = line;
    line.metrics().forEach(name -> sums.put(name, new MetricSum()));
  }

  /**
   * The sum of a counter, or how many values a histogram has seen.
   *
   * @throws IllegalArgumentException if the line does not show that metric
   */
  public synchronized long count(String metric) {
    return sum(metric).count();
  }

  /** The mean of a histogram; 0 if it has seen nothing. */
  public synchronized double mean(String metric) {
    return sum(metric).mean();
  }

  synchronized double rate(String metric) {
    Deque<Sample> taken = samples.getOrDefault(metric, new ArrayDeque<>());
    if (taken.size() < 2) {
      return 0;
    }
    double seconds = (taken.getLast().nanos - taken.getFirst().nanos) / 1e9;
    return seconds <= 0 ? 0 : (taken.getLast().count - taken.getFirst().count) / seconds;
  }

  /**
   * Prints a line for people: above the progress line of the local run in this process, if there is
   * one. For tasks, in any thread.
   */
  public static void tell(String line) {
    if (OPEN.values().stream().noneMatch(progress -> progress.print(line))) {
      System.out.println(line);
    }
  }

  private synchronized boolean print(String line) {
    if (printer != null) {
      printer.tell(line);
    }
    return printer != null;
  }

  /** Asks Flink to report to this object; nothing if there is nothing to show. */
  void addReporterTo(Configuration flink, PrintStream out) {
    if (line.isEmpty()) {
      return;
    }
    ProgressPrinter chosen = ProgressPrinter.to(out);
    synchronized (this) {
      printer = chosen;
    }
    OPEN.put(id, this);
    Configuration reporter = MetricOptions.forReporter(flink, REPORTER);
    reporter.set(MetricOptions.REPORTER_FACTORY_CLASS, ProgressReporterFactory.class.getName());
    reporter.set(MetricOptions.REPORTER_INTERVAL, chosen.interval());
    reporter.setString(ID, id);
    flink
        .getOptional(MetricOptions.REPORTERS_LIST)
        .ifPresent(others -> flink.set(MetricOptions.REPORTERS_LIST, others + "," + REPORTER));
  }

  static Optional<Progress> open(String id) {
    return Optional.ofNullable(OPEN.get(id));
  }

  synchronized void add(Metric metric, String name, MetricGroup group) {
    sumOf(name, group).ifPresent(sum -> sum.add(metric));
  }

  synchronized void remove(Metric metric, String name, MetricGroup group) {
    sumOf(name, group).ifPresent(sum -> sum.remove(metric));
  }

  /** Takes the sums at a moment, for rates, and shows the line. */
  synchronized void report(long nanos) {
    sums.forEach(
        (name, sum) -> {
          Deque<Sample> taken = samples.computeIfAbsent(name, any -> new ArrayDeque<>());
          taken.addLast(new Sample(nanos, sum.count()));
          if (taken.size() > RATE_REPORTS) {
            taken.removeFirst();
          }
        });
    if (printer != null) {
      printer.show(line.format(this));
    }
  }

  /** The job starts to run: rates are taken from here. */
  synchronized void begin(long nanos) {
    begun = nanos;
    sums.keySet()
        .forEach(name -> samples.put(name, new ArrayDeque<>(List.of(new Sample(nanos, 0)))));
  }

  /** Shows the line for the last time, with the rates of the whole run. Sums stay. */
  synchronized void end(long nanos) {
    sums.forEach(
        (name, sum) ->
            samples.put(
                name,
                new ArrayDeque<>(List.of(new Sample(begun, 0), new Sample(nanos, sum.count())))));
    if (printer != null) {
      printer.end(line.format(this));
      printer = null;
    }
  }

  /** No reporter finds this object any more. Sums stay. */
  @Override
  public void close() {
    OPEN.remove(id);
  }

  private MetricSum sum(String metric) {
    MetricSum sum = sums.get(metric);
    if (sum == null) {
      throw new IllegalArgumentException(
          "Metric '" + metric + "' must be one of the progress line's: " + sums.keySet());
    }
    return sum;
  }

  private Optional<MetricSum> sumOf(String name, MetricGroup group) {
    String operator = group.getAllVariables().get("<operator_name>");
    MetricSum qualified = sums.get(operator + "/" + name);
    return Optional.ofNullable(qualified == null ? sums.get(name) : qualified);
  }

  private static final class Sample {
    private final long nanos;
    private final long count;

    private Sample(long nanos, long count) {
      this.nanos = nanos;
      this.count = count;
    }
  }
}
