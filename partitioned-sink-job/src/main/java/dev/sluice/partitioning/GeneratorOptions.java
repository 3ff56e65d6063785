package dev.sluice.partitioning;

import dev.sluice.common.config.JobOption;
import dev.sluice.partitioning.clickstream.ClickstreamBuilder;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** Options of made-up clickstream events, for {@code source.type=generator}. */
final class GeneratorOptions {
  static final JobOption<Long> RECORDS =
      JobOption.ofLong("generator.records")
          .defaultTo(100_000L)
          .notNegative()
          .unit("records")
          .describedAs("Events that the generator makes; with 0 it never ends.");

  static final JobOption<Long> RATE =
      JobOption.ofLong("generator.rate")
          .defaultDescribedAs("as fast as it goes")
          .positive()
          .unit("records per second")
          .describedAs("Events per second of the whole job.");

  static final JobOption<MemorySize> RECORD_SIZE =
      JobOption.ofMemorySize("generator.record-size")
          .defaultTo(MemorySize.parse("300 b"))
          .where(
              size -> size.getBytes() <= ClickstreamBuilder.LARGEST_RECORD, "must be at most 10 mb")
          .describedAs("Bytes that sound events are filled up to; they have 130 at least.");

  static final JobOption<Long> SEED =
      JobOption.ofLong("generator.seed")
          .defaultTo(1L)
          .describedAs("The same seed makes the same events, in every run.");

  static final JobOption<Integer> CUSTOMERS =
      JobOption.ofInt("generator.customers")
          .defaultTo(500)
          .between(1, ClickstreamBuilder.MOST_CUSTOMERS)
          .unit("customers")
          .describedAs("Values of customer_id.");

  static final JobOption<Double> SKEW =
      JobOption.ofDouble("generator.skew")
          .defaultTo(1.0)
          .between(0.0, 10.0)
          .describedAs(
              "Exponent of Zipf's law by which some customers come more often; 0: all alike.");

  static final JobOption<Double> BAD_SHARE =
      JobOption.ofDouble("generator.bad-share")
          .defaultTo(0.0)
          .between(0.0, 1.0)
          .describedAs("Share of events without customer or device, or that are no JSON.");

  static final JobOption<Double> HOSTILE_SHARE =
      JobOption.ofDouble("generator.hostile-share")
          .defaultTo(0.0)
          .between(0.0, 1.0)
          .describedAs("Share of events whose customer is something like '../' or 'a:b=c'.");

  static final JobOption<Duration> DISORDER =
      JobOption.ofDuration("generator.disorder")
          .defaultTo(Duration.ZERO)
          .notNegative()
          .describedAs("How long before its arrival an event has happened at most.");

  /** In the order of the tables. */
  static final List<JobOption<?>> ALL =
      List.of(
          RECORDS, RATE, RECORD_SIZE, SEED, CUSTOMERS, SKEW, BAD_SHARE, HOSTILE_SHARE, DISORDER);

  private GeneratorOptions() {}
}
