package dev.sluice.partitioning.plan;

import dev.sluice.common.config.JobOption;
import java.time.Duration;
import java.util.List;

/** Options of the pre-flight, beside those of the job that it is about. */
public final class PlanOptions {
  /** What the file of the sample holds. */
  public enum SampleForm {
    /** An object as the job would read it from its input. */
    OBJECT,
    /** The answer of {@code aws kinesis get-records}, or several of them one after the other. */
    GET_RECORDS
  }

  public static final JobOption<String> SAMPLE =
      JobOption.ofLocation("plan.sample")
          .required()
          .describedAs("File with a sample of the records, on any file system of Flink's.");

  public static final JobOption<SampleForm> FORM =
      JobOption.ofEnum("plan.form", SampleForm.class)
          .defaultTo(SampleForm.OBJECT)
          .describedAs(
              "What the file holds: records as in an object of the job's input, or the answer of"
                  + " 'aws kinesis get-records', which knows when they arrived.");

  public static final JobOption<Double> RECORDS_PER_SECOND =
      JobOption.ofDouble("plan.records-per-second")
          .defaultDescribedAs("by the times of the sample; 1000 if it has none")
          .where(rate -> rate >= 1e-6 && rate <= 1e9, "must be between 0.000001 and 1000000000")
          .unit("records per second")
          .describedAs("Rate of the whole stream, after records that travel together are apart.");

  public static final JobOption<Duration> SPAN =
      JobOption.ofDuration("plan.span")
          .defaultDescribedAs("by the times of the sample")
          .atLeast(Duration.ofMillis(1))
          .describedAs("Time in which the stream brings as many records as the sample has.");

  public static final JobOption<Integer> TOP =
      JobOption.ofInt("plan.top")
          .defaultTo(20)
          .between(0, 100_000)
          .unit("partitions")
          .describedAs("Largest partitions that are printed.");

  /** In the order of the tables. */
  public static final List<JobOption<?>> ALL = List.of(SAMPLE, FORM, RECORDS_PER_SECOND, SPAN, TOP);

  private PlanOptions() {}
}
