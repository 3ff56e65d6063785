package dev.sluice.common.source.kinesis;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;

/** Options of a job that reads Kinesis data streams. */
public final class KinesisSourceOptions {
  private static final String ARN = "arn:[^:]+:kinesis:[^:]+:[0-9]+:stream/[^/,]+/consumer/[^,]+";

  /** Where a job without savepoint begins. */
  public enum InitialPosition {
    /** The oldest record that the stream still has. */
    TRIM_HORIZON,
    /** What comes after the job has started. */
    LATEST,
    /** The first record that arrived at or after a time. */
    AT_TIMESTAMP
  }

  /** How records come. */
  public enum Reader {
    /** By GetRecords: all readers of a shard share 2 MB a second and 5 requests a second. */
    POLLING,
    /** By SubscribeToShard over HTTP/2: 2 MB a second for this reader alone, at a price. */
    ENHANCED_FAN_OUT
  }

  /** Who registers the consumer of enhanced fan-out. */
  public enum Registration {
    /** Each task when it starts; the consumer is deregistered when the job ends. */
    LAZY,
    /** main() before the job starts; the consumer stays registered. */
    EAGER,
    /** Nobody: it is there, and its ARN is given. */
    NONE
  }

  public static final JobOption<List<String>> STREAMS =
      JobOption.ofStrings("kinesis.streams")
          .defaultDescribedAs("required where Kinesis is read")
          .notEmpty()
          .matching("[a-zA-Z0-9_.-]{1,128}(, ?[a-zA-Z0-9_.-]{1,128})*", "must be names of streams")
          .where(names -> new HashSet<>(names).size() == names.size(), "must not repeat a name")
          .describedAs("Names of the streams, all in one Region and account.");

  public static final JobOption<String> REGION =
      JobOption.ofString("kinesis.region")
          .defaultDescribedAs("environment variable AWS_REGION of the process that runs main()")
          .matching("[a-z]{2,}(-[a-z0-9]+)+", "must be a Region such as 'us-east-1'")
          .describedAs("Region of the streams.");

  public static final JobOption<String> ENDPOINT =
      JobOption.ofString("kinesis.endpoint")
          .defaultDescribedAs("that of the Region")
          .matching("https?://[^\\s/]+/?", "must be a URL without path")
          .describedAs("Another endpoint: a local server, or an interface endpoint of a VPC.");

  public static final JobOption<String> ACCESS_KEY_ID =
      JobOption.ofString("kinesis.access-key-id")
          .defaultDescribedAs("AWS's default chain: the role of the cluster, where it has one")
          .notEmpty()
          .describedAs("For local servers and other Regions' keys; travels in the job graph.");

  public static final JobOption<Secret> SECRET_ACCESS_KEY =
      JobOption.ofSecret("kinesis.secret-access-key")
          .describedAs("Belongs to the access key id; travels in the job graph.");

  public static final JobOption<InitialPosition> INITIAL_POSITION =
      JobOption.ofEnum("kinesis.initial-position", InitialPosition.class)
          .defaultTo(InitialPosition.TRIM_HORIZON)
          .describedAs("Where to begin without savepoint.");

  public static final JobOption<String> INITIAL_TIMESTAMP =
      JobOption.ofString("kinesis.initial-timestamp")
          .defaultDescribedAs("required with at-timestamp")
          .where(KinesisSourceOptions::isInstant, "must be a time such as '2026-01-31T12:00:00Z'")
          .describedAs("The time of 'at-timestamp', in ISO 8601 with its zone.");

  public static final JobOption<Reader> READER =
      JobOption.ofEnum("kinesis.reader", Reader.class)
          .defaultTo(Reader.POLLING)
          .describedAs("How records come.");

  public static final JobOption<Duration> POLL_INTERVAL =
      JobOption.ofDuration("kinesis.poll-interval")
          .defaultTo(Duration.ofMillis(250))
          .between(Duration.ofMillis(1), Duration.ofMinutes(1))
          .describedAs(
              "Time between two GetRecords of a shard; Kinesis allows 5 a second for all readers"
                  + " of a shard.");

  public static final JobOption<Integer> POLL_RECORDS =
      JobOption.ofInt("kinesis.poll-records")
          .defaultTo(10_000)
          .between(1, 10_000)
          .unit("records")
          .describedAs("Most records of one GetRecords.");

  public static final JobOption<String> CONSUMER_NAME =
      JobOption.ofString("kinesis.consumer-name")
          .defaultDescribedAs("required with enhanced-fan-out that registers")
          .matching("[a-zA-Z0-9_.-]{1,128}", "must be a name of at most 128 letters, digits, ._-")
          .describedAs(
              "Name of this job's consumer; two jobs with one name take the records of each"
                  + " other's subscription.");

  public static final JobOption<Registration> CONSUMER_REGISTRATION =
      JobOption.ofEnum("kinesis.consumer-registration", Registration.class)
          .defaultTo(Registration.LAZY)
          .describedAs("Who registers the consumer.");

  public static final JobOption<List<String>> CONSUMER_ARNS =
      JobOption.ofStrings("kinesis.consumer-arns")
          .defaultTo(List.of())
          .where(arns -> arns.stream().allMatch(arn -> arn.matches(ARN)), "must be consumers' ARNs")
          .describedAs("One consumer of each stream, where nobody registers them.");

  public static final JobOption<Duration> DISCOVERY_INTERVAL =
      JobOption.ofDuration("kinesis.discovery-interval")
          .defaultTo(Duration.ofSeconds(10))
          .atLeast(Duration.ofMillis(100))
          .describedAs("Time between looks for new shards, after a split or a merge.");

  public static final List<JobOption<?>> ALL =
      JobOption.all(
          List.of(
              STREAMS,
              REGION,
              ENDPOINT,
              ACCESS_KEY_ID,
              SECRET_ACCESS_KEY,
              INITIAL_POSITION,
              INITIAL_TIMESTAMP,
              READER,
              POLL_INTERVAL,
              POLL_RECORDS,
              CONSUMER_NAME,
              CONSUMER_REGISTRATION,
              CONSUMER_ARNS,
              DISCOVERY_INTERVAL));

  private KinesisSourceOptions() {}

  private static boolean isInstant(String text) {
    try {
      Instant.from(java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
