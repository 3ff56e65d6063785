package dev.sluice.partitioning;

import dev.sluice.common.config.JobOption;
import dev.sluice.partitioning.keys.EventTimeKind;
import java.time.Duration;
import java.util.List;

/** Options from the bytes of a record to its partition. */
final class PartitioningOptions {
  /** How records that travel together are taken apart, by the names that Firehose has. */
  enum Deaggregation {
    NONE,
    JSON,
    DELIMITED,
    /** Not Firehose's: JSON on each line, so that a broken line does not touch the next. */
    JSON_LINES
  }

  /** How record bodies are compressed. */
  enum Decompression {
    NONE,
    GZIP,
    ZSTD
  }

  static final JobOption<String> FIREHOSE =
      JobOption.ofLocation("firehose.configuration")
          .defaultDescribedAs("none")
          .describedAs(
              "File with the answer of 'aws firehose describe-delivery-stream': its S3 destination"
                  + " gives every option that nothing else gives.");

  static final JobOption<Deaggregation> DEAGGREGATION =
      JobOption.ofEnum("record.deaggregation", Deaggregation.class)
          .defaultDescribedAs("json-lines for files, otherwise none")
          .describedAs("How several records in one are taken apart.");

  static final JobOption<String> DELIMITER =
      JobOption.ofString("record.delimiter")
          .defaultDescribedAs("a line feed")
          .describedAs("Between records when they are taken apart as delimited.");

  static final JobOption<Decompression> DECOMPRESSION =
      JobOption.ofEnum("record.decompression", Decompression.class)
          .defaultTo(Decompression.NONE)
          .describedAs("How record bodies are compressed.");

  static final JobOption<String> TRANSFORMER =
      JobOption.ofString("record.transformer")
          .defaultDescribedAs("none")
          .describedAs(
              "Class that implements RecordTransformer, with a public constructor without"
                  + " parameters: the place of Firehose's Lambda function.");

  static final JobOption<String> QUERY =
      JobOption.ofString("partition.query")
          .defaultDescribedAs("customer, device and day for the sample clickstream, otherwise none")
          .describedAs(
              "Partition keys as Firehose's MetadataExtractionQuery: a jq 1.6 object such as"
                  + " {customer_id: .customer_id, device: .type.device}.");

  static final JobOption<List<String>> JSON_PATHS =
      JobOption.ofStrings("partition.json-paths")
          .defaultTo(List.of())
          .describedAs("More partition keys, as name=$.json.path.");

  static final JobOption<String> KEY_FUNCTION =
      JobOption.ofString("partition.key-function")
          .defaultDescribedAs("none")
          .describedAs(
              "Class that implements KeyFunction, with a public constructor without parameters.");

  static final JobOption<Duration> QUERY_LIMIT =
      JobOption.ofDuration("partition.query-limit")
          .defaultTo(Duration.ofSeconds(1))
          .where(limit -> limit.toMillis() >= 1, "must be at least 1 ms")
          .describedAs(
              "Time for a query on one record; a record that needs more is a dead letter.");

  static final JobOption<String> EVENT_TIME_FIELD =
      JobOption.ofString("partition.event-time.field")
          .defaultDescribedAs("none")
          .describedAs(
              "Path of the field for !{eventTimestamp:pattern}, such as .event_timestamp.");

  static final JobOption<EventTimeKind> EVENT_TIME_KIND =
      JobOption.ofEnum("partition.event-time.kind", EventTimeKind.class)
          .defaultTo(EventTimeKind.EPOCH_SECONDS)
          .describedAs("What the field holds.");

  static final JobOption<String> PREFIX =
      JobOption.ofString("output.prefix")
          .defaultDescribedAs("by customer, device and day for the sample clickstream")
          .describedAs(
              "Prefix of object names, as Firehose's: !{partitionKeyFromQuery:name},"
                  + " !{partitionKeyFromLambda:name}, !{timestamp:pattern},"
                  + " !{eventTimestamp:pattern}, !{firehose:random-string}.");

  static final JobOption<String> ERROR_PREFIX =
      JobOption.ofString("output.error-prefix")
          .defaultTo("errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/")
          .describedAs("Prefix of dead letters; also !{firehose:error-output-type}.");

  static final JobOption<String> TIME_ZONE =
      JobOption.ofString("output.time-zone")
          .defaultTo("UTC")
          .describedAs("Zone of the times in prefixes and object names.");

  /** In the order of the tables. */
  static final List<JobOption<?>> ALL =
      List.of(
          FIREHOSE,
          DEAGGREGATION,
          DELIMITER,
          DECOMPRESSION,
          TRANSFORMER,
          QUERY,
          JSON_PATHS,
          KEY_FUNCTION,
          QUERY_LIMIT,
          EVENT_TIME_FIELD,
          EVENT_TIME_KIND,
          PREFIX,
          ERROR_PREFIX,
          TIME_ZONE);

  private PartitioningOptions() {}
}
