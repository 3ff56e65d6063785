package dev.sluice.partitioning.plan;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import dev.sluice.common.record.RawRecord;
import dev.sluice.partitioning.format.ObjectFormat;
import dev.sluice.partitioning.plan.PlanEstimate.Compression;
import dev.sluice.partitioning.plan.PlanOptions.SampleForm;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A pre-flight: reads a sample, partitions it as the job would, and prints what the configuration
 * makes of such a stream. Writes nothing and needs no cluster.
 *
 * <p>Immutable; its constructor is the only validator.
 */
public final class PlanRequest {
  private static final double GUESSED_PER_SECOND = 1000;

  private final String sample;
  private final SampleForm form;
  private final Optional<Double> recordsPerSecond;
  private final Optional<Duration> span;
  private final int top;

  /**
   * @param arguments read with {@link PlanOptions#ALL}
   * @throws InvalidOptionException with all broken rules between options
   */
  public PlanRequest(JobArguments arguments) {
    recordsPerSecond = arguments.find(PlanOptions.RECORDS_PER_SECOND);
    span = arguments.find(PlanOptions.SPAN);
    arguments.check(
        problems ->
            problems.require(
                recordsPerSecond.isEmpty() || span.isEmpty(),
                PlanOptions.SPAN,
                "must not be set together with 'plan.records-per-second'",
                PlanOptions.RECORDS_PER_SECOND));
    sample = arguments.get(PlanOptions.SAMPLE); // last: without it nothing else is looked at
    form = arguments.get(PlanOptions.FORM);
    top = arguments.get(PlanOptions.TOP);
  }

  /**
   * Prints the plan.
   *
   * @param partitioner used by this thread, not closed
   * @param format of the objects
   * @param out in which any text can be printed: names of partitions may hold any letters
   * @throws InvalidOptionException if the sample cannot be read, or has no records; nothing is
   *     printed then
   * @throws Exception what the partitioner or the format throws
   */
  public void run(
      PlanSettings settings, Partitioner partitioner, ObjectFormat format, PrintStream out)
      throws Exception {
    SampleSummary summary = new SampleSummary();
    for (RawRecord record : new SampleReader(sample).read(form)) {
      partitioner.partition(record, summary);
    }
    if (summary.rows() == 0) {
      throw new InvalidOptionException(
          PlanOptions.SAMPLE, sample, "must hold at least one record that is not dropped");
    }
    Rate rate = rate(summary);
    PlanEstimate rows =
        PlanEstimate.of(summary.partitions(), rate.perSecond, settings, Compression.NONE);
    Compression compression =
        TrialCompression.of(format, summary.rowsByPartition(), rows.meanRowBytes());
    PlanEstimate estimate =
        PlanEstimate.of(summary.partitions(), rate.perSecond, settings, compression);
    out.print(new PlanReport(sample, summary, rate, estimate).text(top));
    out.flush();
  }

  private Rate rate(SampleSummary summary) {
    if (recordsPerSecond.isPresent()) {
      return new Rate(recordsPerSecond.get(), "as given", false);
    }
    if (span.isPresent()) {
      return new Rate(
          summary.rows() / PlanSettings.seconds(span.get()), "by the span given", false);
    }
    OptionalDouble arrivals = summary.perSecondByArrival();
    if (arrivals.isPresent()) {
      return new Rate(arrivals.getAsDouble(), "by arrival times", false);
    }
    OptionalDouble events = summary.perSecondByEvent();
    return events.isPresent()
        ? new Rate(events.getAsDouble(), "by event times", false)
        : new Rate(GUESSED_PER_SECOND, "a guess", true);
  }

  /** Rows and dead letters per second, and how that is known. */
  static final class Rate {
    final double perSecond;
    final String origin;
    final boolean guessed;

    Rate(double perSecond, String origin, boolean guessed) {
      this.perSecond = perSecond;
      this.origin = origin;
      this.guessed = guessed;
    }
  }
}
