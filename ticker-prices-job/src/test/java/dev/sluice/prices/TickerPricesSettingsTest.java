package dev.sluice.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.InvalidOptionException;
import dev.sluice.common.config.JobArguments;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickerPricesSettingsTest {
  static final List<String> LEAST =
      List.of(
          "--kinesis.streams=ticks",
          "--kinesis.region=us-west-2",
          "--dead-letters.path=file:/dead-letters");

  @Test
  void needsNoMoreThanStreamRegionAndDeadLetters() {
    TickerPricesSettings settings = settings();

    assertThat(settings.inFlight).isEqualTo(64);
    assertThat(settings.deadLetters).isEqualTo("file:/dead-letters");
  }

  @Test
  void refusesHalfACredentialAndWrongNames() {
    assertThatThrownBy(() -> settings("--prices.access-key-id=a"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("prices.secret-access-key");
    assertThatThrownBy(
            () -> settings("--prices.table=a b", "--prices.region=here", "--prices.in-flight=0"))
        .hasMessageContaining("prices.table")
        .hasMessageContaining("prices.region")
        .hasMessageContaining("prices.in-flight");
  }

  static TickerPricesSettings settings(String... more) {
    List<String> args = new ArrayList<>(LEAST);
    args.addAll(List.of(more));
    JobArguments[] parsed = new JobArguments[1];
    JobArguments.parse(
        args.toArray(String[]::new),
        TickerPricesOptions.ALL,
        arguments -> {
          parsed[0] = arguments;
          return new TickerPricesSettings(arguments);
        });
    return new TickerPricesSettings(parsed[0]);
  }
}
