package dev.sluice.common.source.kinesis;

import static dev.sluice.common.source.kinesis.KinesisSourceOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.Problems;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/** What streams to read and how, checked. Immutable. */
public final class KinesisSourceSettings {
  private final JobArguments arguments;
  private final Optional<String> region;

  /** Rules between options, with the Region of this process where none is given. */
  public KinesisSourceSettings(JobArguments arguments) {
    this(arguments, System.getenv());
  }

  KinesisSourceSettings(JobArguments arguments, Map<String, String> environment) {
    this.arguments = arguments;
    this.region =
        arguments.find(REGION).or(() -> Optional.ofNullable(environment.get("AWS_REGION")));
    arguments.check(this::check);
  }

  List<String> streams() {
    return arguments.get(STREAMS);
  }

  private void check(Problems problems) {
    InitialPosition position = arguments.get(INITIAL_POSITION);
    boolean timestamp = arguments.find(INITIAL_TIMESTAMP).isPresent();
    problems
        .require(arguments.find(STREAMS).isPresent(), STREAMS, "must be set, to read Kinesis")
        .require(region.isPresent(), REGION, "must be set: AWS_REGION is not there")
        .require(
            arguments.find(ACCESS_KEY_ID).isPresent()
                == arguments.find(SECRET_ACCESS_KEY).isPresent(),
            ACCESS_KEY_ID,
            "must be set together with 'kinesis.secret-access-key'",
            SECRET_ACCESS_KEY)
        .require(
            timestamp || position != InitialPosition.AT_TIMESTAMP,
            INITIAL_TIMESTAMP,
            "must be set with 'kinesis.initial-position' at-timestamp",
            INITIAL_POSITION)
        .require(
            !timestamp || position == InitialPosition.AT_TIMESTAMP,
            INITIAL_TIMESTAMP,
            "must not be set unless 'kinesis.initial-position' is at-timestamp",
            INITIAL_POSITION);
    checkConsumer(problems);
  }

  private void checkConsumer(Problems problems) {
    boolean fanOut = arguments.get(READER) == Reader.ENHANCED_FAN_OUT;
    boolean registers = arguments.get(CONSUMER_REGISTRATION) != Registration.NONE;
    Map<String, String> arns = arnsByStream();
    problems
        .require(
            !fanOut || !registers || arguments.find(CONSUMER_NAME).isPresent(),
            CONSUMER_NAME,
            "must be set with 'kinesis.reader' enhanced-fan-out",
            READER,
            CONSUMER_REGISTRATION)
        .require(
            fanOut || arguments.find(CONSUMER_NAME).isEmpty(),
            CONSUMER_NAME,
            "must not be set unless 'kinesis.reader' is enhanced-fan-out",
            READER)
        .require(
            !fanOut
                || registers
                || arguments.find(STREAMS).map(arns.keySet()::containsAll).orElse(true),
            CONSUMER_ARNS,
            "must name a consumer of each stream, because nobody registers one",
            READER,
            CONSUMER_REGISTRATION,
            STREAMS);
  }

  /** The settings in the terms of the connector. */
  Properties connectorProperties() {
    Properties properties = new Properties();
    region.ifPresent(name -> properties.setProperty(AWSConfigConstants.AWS_REGION, name));
    arguments
        .find(ENDPOINT)
        .ifPresent(url -> properties.setProperty(AWSConfigConstants.AWS_ENDPOINT, url));
    credentials(properties);
    position(properties);
    if (arguments.get(READER) == Reader.ENHANCED_FAN_OUT) {
      fanOut(properties);
    } else {
      set(
          properties,
          ConsumerConfigConstants.SHARD_GETRECORDS_INTERVAL_MILLIS,
          arguments.get(POLL_INTERVAL).toMillis());
      set(properties, ConsumerConfigConstants.SHARD_GETRECORDS_MAX, arguments.get(POLL_RECORDS));
    }
    set(
        properties,
        ConsumerConfigConstants.SHARD_DISCOVERY_INTERVAL_MILLIS,
        arguments.get(DISCOVERY_INTERVAL).toMillis());
    return properties;
  }

  private void credentials(Properties properties) {
    arguments
        .find(ACCESS_KEY_ID)
        .ifPresent(
            id -> {
              properties.setProperty(AWSConfigConstants.AWS_CREDENTIALS_PROVIDER, "BASIC");
              properties.setProperty(AWSConfigConstants.AWS_ACCESS_KEY_ID, id);
              properties.setProperty(
                  AWSConfigConstants.AWS_SECRET_ACCESS_KEY,
                  arguments.get(SECRET_ACCESS_KEY).reveal());
            });
  }

  private void position(Properties properties) {
    properties.setProperty(
        ConsumerConfigConstants.STREAM_INITIAL_POSITION, arguments.get(INITIAL_POSITION).name());
    arguments
        .find(INITIAL_TIMESTAMP)
        .ifPresent(
            text ->
                properties.setProperty(
                    ConsumerConfigConstants.STREAM_INITIAL_TIMESTAMP, timestamp(text)));
  }

  /** The connector takes milliseconds and an offset in one form only. */
  private static String timestamp(String text) {
    Instant instant = Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
    return DateTimeFormatter.ofPattern(ConsumerConfigConstants.DEFAULT_STREAM_TIMESTAMP_DATE_FORMAT)
        .withZone(ZoneOffset.UTC)
        .format(instant);
  }

  private void fanOut(Properties properties) {
    properties.setProperty(ConsumerConfigConstants.RECORD_PUBLISHER_TYPE, "EFO");
    properties.setProperty(
        ConsumerConfigConstants.EFO_REGISTRATION_TYPE, arguments.get(CONSUMER_REGISTRATION).name());
    arguments
        .find(CONSUMER_NAME)
        .ifPresent(name -> properties.setProperty(ConsumerConfigConstants.EFO_CONSUMER_NAME, name));
    if (arguments.get(CONSUMER_REGISTRATION) == Registration.NONE) {
      arnsByStream()
          .forEach(
              (stream, arn) ->
                  properties.setProperty(ConsumerConfigConstants.efoConsumerArn(stream), arn));
    }
  }

  private Map<String, String> arnsByStream() {
    Map<String, String> arns = new LinkedHashMap<>();
    for (String arn : arguments.find(CONSUMER_ARNS).orElse(List.of())) {
      arns.put(arn.split("/", -1)[1], arn);
    }
    return arns;
  }

  private static void set(Properties properties, String key, long value) {
    properties.setProperty(key, Long.toString(value));
  }
}
