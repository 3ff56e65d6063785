package dev.sluice.prices;

import static dev.sluice.prices.TickerPricesOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.dynamodb.TableAddress;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import dev.sluice.common.source.kinesis.KinesisSourceSettings;
import java.util.Optional;

/** What the job is started with, checked. */
final class TickerPricesSettings {
  final KinesisSourceSettings source;
  final int inFlight;
  final String deadLetters;
  private final String streamRegion;
  private final JobArguments arguments;

  /** Rules between options. */
  TickerPricesSettings(JobArguments arguments) {
    this.arguments = arguments;
    arguments.check(
        problems ->
            problems.require(
                arguments.find(ACCESS_KEY_ID).isPresent()
                    == arguments.find(SECRET_ACCESS_KEY).isPresent(),
                ACCESS_KEY_ID,
                "must be set together with 'prices.secret-access-key'",
                SECRET_ACCESS_KEY));
    source = new KinesisSourceSettings(arguments);
    streamRegion =
        arguments
            .find(KinesisSourceOptions.REGION)
            .or(() -> Optional.ofNullable(System.getenv("AWS_REGION")))
            .orElse("");
    inFlight = arguments.get(IN_FLIGHT);
    deadLetters = arguments.get(DEAD_LETTERS_PATH);
  }

  PriceTable.Factory table() {
    TableAddress address =
        TableAddress.of(arguments.find(REGION).orElse(streamRegion), arguments.get(TABLE))
            .timeout(arguments.get(REQUEST_TIMEOUT));
    if (arguments.find(ENDPOINT).isPresent()) {
      address = address.at(arguments.get(ENDPOINT));
    }
    if (arguments.find(ACCESS_KEY_ID).isPresent()) {
      address =
          address.withKeys(arguments.get(ACCESS_KEY_ID), arguments.get(SECRET_ACCESS_KEY).reveal());
    }
    return DynamoDbPriceTable.at(address, streamRegion);
  }
}
