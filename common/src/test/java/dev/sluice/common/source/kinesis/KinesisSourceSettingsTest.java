package dev.sluice.common.source.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KinesisSourceSettingsTest {
  @Test
  void pollsFromTheOldestRecordWithTheClustersOwnRole() {
    Properties properties = settings("--kinesis.streams=a,b", "--kinesis.region=eu-central-1");

    assertThat(properties)
        .containsEntry("aws.region", "eu-central-1")
        .containsEntry("flink.stream.initpos", "TRIM_HORIZON")
        .containsEntry("flink.shard.getrecords.intervalmillis", "250")
        .containsEntry("flink.shard.getrecords.maxrecordcount", "10000")
        .containsEntry("flink.shard.discovery.intervalmillis", "10000")
        .hasSize(5);
  }

  @Test
  void takesTheRegionOfTheProcess() {
    assertThat(settings(Map.of("AWS_REGION", "us-west-2"), "--kinesis.streams=a"))
        .containsEntry("aws.region", "us-west-2");
    assertThat(
            settings(
                Map.of("AWS_REGION", "us-west-2"),
                "--kinesis.streams=a",
                "--kinesis.region=us-east-2"))
        .containsEntry("aws.region", "us-east-2");
  }

  @Test
  void givesTheConnectorATimeInItsOwnForm() {
    assertThat(
            settings(
                "--kinesis.streams=a",
                "--kinesis.region=us-east-1",
                "--kinesis.initial-position=at-timestamp",
                "--kinesis.initial-timestamp=2026-01-31T12:00:00+01:00"))
        .containsEntry("flink.stream.initpos", "AT_TIMESTAMP")
        .containsEntry("flink.stream.initpos.timestamp", "2026-01-31T11:00:00.000Z");
  }

  @Test
  void fansOutWithConsumersThatAreThere() {
    String arn = "arn:aws:kinesis:us-east-1:123456789012:stream/a/consumer/c:1700000000";

    assertThat(
            settings(
                "--kinesis.streams=a",
                "--kinesis.region=us-east-1",
                "--kinesis.reader=enhanced-fan-out",
                "--kinesis.consumer-registration=none",
                "--kinesis.consumer-arns=" + arn))
        .containsEntry("flink.stream.recordpublisher", "EFO")
        .containsEntry("flink.stream.efo.registration", "NONE")
        .containsEntry("flink.stream.efo.consumerarn.a", arn)
        .doesNotContainKey("flink.shard.getrecords.intervalmillis");
  }

  @Test
  void reportsEveryMissingPartTogether() {
    assertThatThrownBy(
            () ->
                settings(
                    "--kinesis.access-key-id=id",
                    "--kinesis.initial-position=at-timestamp",
                    "--kinesis.reader=enhanced-fan-out"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'kinesis.streams' must be set, to read Kinesis")
        .hasMessageContaining("'kinesis.region' must be set: AWS_REGION is not there")
        .hasMessageContaining("'kinesis.access-key-id' must be set together with")
        .hasMessageContaining("'kinesis.initial-timestamp' must be set with")
        .hasMessageContaining("'kinesis.consumer-name' must be set with");
  }

  @Test
  void reportsPartsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                settings(
                    "--kinesis.streams=a,a",
                    "--kinesis.region=nowhere",
                    "--kinesis.endpoint=127.0.0.1:80",
                    "--kinesis.initial-timestamp=yesterday",
                    "--kinesis.consumer-arns=arn:aws:kinesis:us-east-1:1:stream/a",
                    "--kinesis.consumer-name=c"))
        .hasMessageContaining("'kinesis.streams' must not repeat a name")
        .hasMessageContaining("'kinesis.region' must be a Region such as")
        .hasMessageContaining("'kinesis.endpoint' must be a URL")
        .hasMessageContaining("'kinesis.initial-timestamp' must be a time such as")
        .hasMessageContaining("'kinesis.consumer-arns' must be consumers' ARNs")
        .hasMessageContaining("'kinesis.consumer-name' must not be set unless");
  }

  @Test
  void wantsAConsumerOfEachStream() {
    assertThatThrownBy(
            () ->
                settings(
                    "--kinesis.streams=a,b",
                    "--kinesis.region=us-east-1",
                    "--kinesis.reader=enhanced-fan-out",
                    "--kinesis.consumer-registration=none",
                    "--kinesis.consumer-arns=arn:aws:kinesis:us-east-1:1:stream/a/consumer/c:1"))
        .hasMessageContaining("'kinesis.consumer-arns' must name a consumer of each stream");
  }

  @Test
  void secretIsInNoMessage() {
    assertThatThrownBy(() -> settings("--kinesis.secret-access-key=hunter2", "--kinesis.streams=a"))
        .hasMessageNotContaining("hunter2");
  }

  private static Properties settings(String... options) {
    return settings(Map.of(), options);
  }

  private static Properties settings(Map<String, String> environment, String... options) {
    return JobArguments.parse(
            options,
            KinesisSourceOptions.ALL,
            arguments -> new KinesisSourceSettings(arguments, environment))
        .connectorProperties();
  }
}
