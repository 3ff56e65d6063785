package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.sluice.partitioning.FirehoseConfiguration.UnsupportedException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FirehoseConfigurationTest {
  private static final String DESTINATION =
      """
      {
        "BucketARN": "arn:aws:s3:::example-bucket",
        "Prefix": "customer_id=!{partitionKeyFromQuery:customer_id}/",
        "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
        "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 60},
        "CompressionFormat": "GZIP",
        "CustomTimeZone": "Europe/Berlin",
        "FileExtension": ".json.gz",
        "DynamicPartitioningConfiguration": {"Enabled": true},
        "ProcessingConfiguration": {
          "Enabled": true,
          "Processors": [%s]
        }
      }
      """;
  private static final String QUERY =
      """
      {"Type": "MetadataExtraction", "Parameters": [
        {"ParameterName": "MetadataExtractionQuery",
         "ParameterValue": "{customer_id:.customer_id}"},
        {"ParameterName": "JsonParsingEngine", "ParameterValue": "JQ-1.6"}]}
      """;

  @Test
  void becomesTheOptionsOfTheJob() throws Exception {
    assertThat(options(DESTINATION.formatted(QUERY)))
        .containsOnly(
            entry("output.path", "s3://example-bucket/"),
            entry("output.prefix", "customer_id=!{partitionKeyFromQuery:customer_id}/"),
            entry("output.error-prefix", "failed/!{firehose:error-output-type}/"),
            entry("output.time-zone", "Europe/Berlin"),
            entry("output.file-extension", ".json.gz"),
            entry("buffer.size", "64 mb"),
            entry("buffer.interval", "60 s"),
            entry("format.compression", "gzip"),
            entry("format.append-newline", "false"),
            entry("partition.query", "{customer_id:.customer_id}"));
  }

  @Test
  void readsTheKinesisStreamThatFirehoseReads() throws Exception {
    String stream =
        "{\"KinesisStreamARN\": \"arn:aws:kinesis:eu-west-1:123456789012:stream/clicks\"}";
    String destination = "ExtendedS3DestinationDescription\": " + DESTINATION.formatted(QUERY);
    String created =
        "{\"KinesisStreamSourceConfiguration\": "
            + stream
            + ", \"ExtendedS3DestinationConfiguration\": "
            + DESTINATION.formatted(QUERY)
            + "}";
    String described =
        "{\"DeliveryStreamDescription\": {\"Source\": {\"KinesisStreamSourceDescription\": "
            + stream
            + "}, \"Destinations\": [{\""
            + destination
            + "}]}}";

    for (String configuration : new String[] {created, described}) {
      assertThat(options(configuration))
          .contains(
              entry("source.type", "kinesis"),
              entry("kinesis.streams", "clicks"),
              entry("kinesis.region", "eu-west-1"),
              entry("output.path", "s3://example-bucket/"));
    }
  }

  @Test
  void isFoundInEveryFormThatTheCommandsHave() throws Exception {
    String bare = DESTINATION.formatted(QUERY);
    Map<String, String> expected = options(bare);

    assertThat(options("{\"ExtendedS3DestinationConfiguration\": " + bare + "}"))
        .isEqualTo(expected);
    assertThat(
            options(
                "{\"DeliveryStreamDescription\": {\"Destinations\": [{\"DestinationId\": \"d\","
                    + " \"ExtendedS3DestinationDescription\": "
                    + bare
                    + "}]}}"))
        .isEqualTo(expected);
  }

  @Test
  void takesRecordsApartAndPutsLineFeedsBehindThem() throws Exception {
    String processors =
        """
        {"Type": "RecordDeAggregation", "Parameters": [
          {"ParameterName": "SubRecordType", "ParameterValue": "DELIMITED"},
          {"ParameterName": "Delimiter", "ParameterValue": "fHw="}]},
        {"Type": "AppendDelimiterToRecord", "Parameters": []},
        {"Type": "Decompression", "Parameters": [
          {"ParameterName": "CompressionFormat", "ParameterValue": "GZIP"}]}
        """;

    assertThat(options(DESTINATION.formatted(processors)))
        .contains(
            entry("record.deaggregation", "delimited"),
            entry("record.delimiter", "||"),
            entry("record.decompression", "gzip"),
            entry("format.append-newline", "true"));
  }

  @Test
  void processorsOfADisabledConfigurationDoNothing() throws Exception {
    String disabled =
        DESTINATION.formatted(QUERY).replace("\"Enabled\": true,", "\"Enabled\": false,");

    assertThat(options(disabled)).doesNotContainKey("partition.query");
  }

  @Test
  void namesTheOptionForWhatItCannotKnow() {
    assertRefused("{\"Type\": \"Lambda\"}", "--record.transformer");
    assertRefused("{\"Type\": \"CloudWatchLogProcessing\"}", "--record.transformer");
    assertRefused("{\"Type\": \"Mystery\"}", "unknown type 'Mystery'");
    assertRefused(
        """
        {"Type": "RecordDeAggregation", "Parameters": [
          {"ParameterName": "Delimiter", "ParameterValue": "%%%%"}]}
        """,
        "no base64");
    assertRefused(
        """
        {"Type": "RecordDeAggregation", "Parameters": [
          {"ParameterName": "Delimiter", "ParameterValue": "/w=="}]}
        """,
        "no UTF-8");
  }

  @Test
  void namesWhatToDoAboutConversionsThatItDoesNotMake() {
    assertConversionRefused(
        "\"OutputFormatConfiguration\": {\"Serializer\": {\"OrcSerDe\": {}}}",
        "--format.type=parquet");
    assertConversionRefused(
        "\"InputFormatConfiguration\": {\"Deserializer\": {\"OpenXJsonSerDe\":"
            + " {\"ColumnToJsonKeyMappings\": {\"ts\": \"timestamp\"}}}}",
        "ColumnToJsonKeyMappings");
    assertConversionRefused(
        "\"InputFormatConfiguration\": {\"Deserializer\": {\"HiveJsonSerDe\":"
            + " {\"TimestampFormats\": [\"millis\"]}}}",
        "TimestampFormats");
    assertThatThrownBy(
            () -> options("{\"BucketARN\": \"arn:aws:s3:::b\", \"S3BackupMode\": \"Enabled\"}"))
        .hasMessageContaining("S3BackupMode");
  }

  @Test
  void convertsToParquetAsFirehoseDoesUnlessThatIsDisabled() throws Exception {
    String conversion =
        """
        {"BucketARN": "arn:aws:s3:::b", "CompressionFormat": "UNCOMPRESSED",
         "DataFormatConversionConfiguration": {"Enabled": %s,
           "OutputFormatConfiguration": {"Serializer": {"ParquetSerDe": {}}}}}
        """;

    assertThat(options(conversion.formatted("true")))
        .contains(
            entry("format.type", "parquet"),
            entry("format.compression", "snappy"),
            entry("format.unknown-fields", "ignore"))
        .doesNotContainKey("format.append-newline");
    assertThat(options(conversion.formatted("false")))
        .contains(entry("format.compression", "uncompressed"))
        .doesNotContainKey("format.type");
  }

  @Test
  void refusesWhatIsNoConfiguration() {
    assertThatThrownBy(() -> options("<xml/>")).hasMessageStartingWith("is no JSON");
    assertThatThrownBy(() -> options("{\"RedshiftDestinationConfiguration\": {}}"))
        .hasMessage("has no extended S3 destination");
  }

  private static void assertConversionRefused(String conversion, String words) {
    assertThatThrownBy(
            () ->
                options(
                    "{\"BucketARN\": \"arn:aws:s3:::b\", \"DataFormatConversionConfiguration\": {"
                        + conversion
                        + ", \"Enabled\": true}}"))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining(words);
  }

  private static void assertRefused(String processor, String words) {
    assertThatThrownBy(() -> options(DESTINATION.formatted(processor)))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining(words);
  }

  private static Map<String, String> options(String json) throws UnsupportedException {
    return FirehoseConfiguration.options(json);
  }
}
