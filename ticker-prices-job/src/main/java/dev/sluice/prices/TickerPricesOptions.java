package dev.sluice.prices;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Secret;
import dev.sluice.common.environment.EnvironmentOptions;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import java.time.Duration;
import java.util.List;

/** All options of the job: {@code kinesis.*} of the stream, and those of its environment. */
public final class TickerPricesOptions {
  static final JobOption<String> TABLE =
      JobOption.ofString("prices.table")
          .defaultTo("ticker-prices")
          .matching("[A-Za-z0-9_.-]{3,255}", "must be the name of a table")
          .describedAs("Name of the table. It has the partition key 'ticker', a string, alone.");

  static final JobOption<String> REGION =
      JobOption.ofString("prices.region")
          .defaultDescribedAs("that of the stream")
          .matching("[a-z]{2,}(-[a-z0-9]+)+", "must be a Region such as 'us-east-1'")
          .describedAs("Region of the table.");

  static final JobOption<String> ENDPOINT =
      JobOption.ofString("prices.endpoint")
          .defaultDescribedAs("that of the Region")
          .matching("https?://[^\\s/]+/?", "must be a URL without path")
          .describedAs("Another endpoint: a local server, or an interface endpoint of a VPC.");

  static final JobOption<String> ACCESS_KEY_ID =
      JobOption.ofString("prices.access-key-id")
          .defaultDescribedAs("AWS's default chain: the role of the cluster, where it has one")
          .notEmpty()
          .describedAs("For local servers and other accounts' keys; travels in the job graph.");

  static final JobOption<Secret> SECRET_ACCESS_KEY =
      JobOption.ofSecret("prices.secret-access-key")
          .describedAs("Belongs to the access key id; travels in the job graph.");

  static final JobOption<Duration> REQUEST_TIMEOUT =
      JobOption.ofDuration("prices.request-timeout")
          .defaultTo(Duration.ofSeconds(3))
          .between(Duration.ofMillis(100), Duration.ofMinutes(5))
          .describedAs("A write without an answer after this time is made again.");

  static final JobOption<Integer> IN_FLIGHT =
      JobOption.ofInt("prices.in-flight")
          .defaultTo(64)
          .between(1, 10_000)
          .unit("prices")
          .describedAs("Most prices of a subtask that have no answer; above it the stream waits.");

  static final JobOption<String> DEAD_LETTERS_PATH =
      JobOption.ofLocation("dead-letters.path")
          .required()
          .describedAs("Folder of records that are no tick and of prices that the table refuses.");

  /** Every option, in the order of the tables. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(
          KinesisSourceOptions.ALL,
          List.of(
              TABLE,
              REGION,
              ENDPOINT,
              ACCESS_KEY_ID,
              SECRET_ACCESS_KEY,
              REQUEST_TIMEOUT,
              IN_FLIGHT,
              DEAD_LETTERS_PATH),
          EnvironmentOptions.ALL);

  private TickerPricesOptions() {}
}
