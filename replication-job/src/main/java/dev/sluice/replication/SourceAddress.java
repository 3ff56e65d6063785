package dev.sluice.replication;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;

/** The stream that is read, for what reads or writes it beside the source. Stateless. */
public final class SourceAddress {
  private SourceAddress() {}

  /** From {@code kinesis.*}. */
  public static StreamAddress of(JobArguments arguments) {
    String region =
        arguments.find(KinesisSourceOptions.REGION).orElseGet(() -> System.getenv("AWS_REGION"));
    StreamAddress address =
        StreamAddress.of(region, arguments.get(KinesisSourceOptions.STREAMS).get(0));
    if (arguments.find(KinesisSourceOptions.ENDPOINT).isPresent()) {
      address = address.at(arguments.get(KinesisSourceOptions.ENDPOINT));
    }
    return arguments.find(KinesisSourceOptions.ACCESS_KEY_ID).isEmpty()
        ? address
        : address.withKeys(
            arguments.get(KinesisSourceOptions.ACCESS_KEY_ID),
            arguments.get(KinesisSourceOptions.SECRET_ACCESS_KEY).reveal());
  }
}
