package dev.sluice.partitioning.clickstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.record.RawRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ClickstreamGeneratorTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Test
  void looksAsThePostsShowIt() throws IOException {
    ClickstreamGenerator generator = ClickstreamGenerator.seeded(1).build();

    RawRecord record = generator.generate(0);

    assertThat(record.source).isEqualTo("generated/0");
    assertThat(new String(record.data, UTF_8))
        .matches(
            "\\{\"type\":\\{\"device\":\"[a-z]+\",\"event\":\"user_[a-z_]+\"},"
                + "\"customer_id\":\"1[0-9]{3}\",\"event_timestamp\":1630442340,\"geo\":\"[A-Z]{2}\"}");
  }

  @Test
  void whatIsWrittenIsWhatTheEventSays() throws IOException {
    ClickstreamGenerator generator = mixed().build();
    for (int index = 0; index < 20_000; index++) {
      ClickEvent event = generator.event(index);
      byte[] data = generator.generate(index).data;

      if (event.kind == EventKind.BROKEN_JSON) {
        assertThatExceptionOfType(JsonProcessingException.class)
            .isThrownBy(() -> JSON.readTree(data));
      } else {
        assertSays(JSON.readTree(data), event);
      }
    }
  }

  private static void assertSays(JsonNode json, ClickEvent event) {
    if (event.kind == EventKind.MISSING_CUSTOMER) {
      assertThat(json.has("customer_id")).isFalse();
      assertThat(json.get("customerID").asText()).isEqualTo(event.customer);
      return;
    }
    JsonNode customer = json.get("customer_id");
    if (event.kind == EventKind.NULL_CUSTOMER) {
      assertThat(customer.isNull()).isTrue();
    } else {
      assertThat(customer.textValue()).isEqualTo(event.customer);
    }
    assertThat(json.at("/type").has("device")).isEqualTo(event.kind != EventKind.MISSING_DEVICE);
    if (event.kind.hasKeys()) {
      assertThat(json.at("/type/device").textValue()).isEqualTo(event.device);
    }
    assertThat(json.at("/type/event").textValue()).isEqualTo(event.action);
    assertThat(json.at("/event_timestamp").longValue()).isEqualTo(event.timestamp);
    assertThat(json.at("/geo").textValue()).isEqualTo(event.geo);
  }

  @Test
  void kindsHaveTheirShares() {
    ClickstreamGenerator generator = mixed().build();
    Map<EventKind, Integer> counts = new EnumMap<>(EventKind.class);
    for (int index = 0; index < 100_000; index++) {
      counts.merge(generator.event(index).kind, 1, Integer::sum);
    }

    assertThat(counts.get(EventKind.GOOD)).isBetween(69_000, 71_000);
    assertThat(counts.get(EventKind.HOSTILE_CUSTOMER)).isBetween(9_500, 10_500);
    for (EventKind bad : EventKind.values()) {
      assertThat(counts.get(bad)).as(bad.name()).isGreaterThan(4_500);
    }
  }

  @Test
  void everyHostileCustomerComes() {
    ClickstreamGenerator generator = ClickstreamGenerator.seeded(3).hostileShare(1).build();
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < 2_000; index++) {
      seen.add(generator.event(index).customer);
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(HostileCustomers.ALL);
  }

  @Test
  void firstCustomersComeMostOften() {
    ClickstreamGenerator generator =
        ClickstreamGenerator.seeded(4).customers(100).skew(1.2).build();
    Map<String, Integer> counts = new HashMap<>();
    for (int index = 0; index < 50_000; index++) {
      counts.merge(generator.event(index).customer, 1, Integer::sum);
    }

    assertThat(counts).hasSize(100).containsKeys("1000", "1099");
    assertThat((double) counts.get("1000") / counts.get("1003"))
        .isCloseTo(Math.pow(4, 1.2), within(0.6));
  }

  @Test
  void arrivalsAreEvenAndEventsAtMostThatMuchEarlier() {
    ClickstreamGenerator generator =
        mixed()
            .start(Instant.parse("2024-02-29T00:00:00Z"))
            .perSecond(0.5)
            .disorder(Duration.ofMinutes(10))
            .build();
    long latest = 0;
    for (int index = 0; index < 5_000; index++) {
      long arrival = generator.generate(index).arrivalTimestamp;
      assertThat(arrival).isEqualTo(1_709_164_800_000L + index * 2_000L);
      long lateness = arrival / 1_000 - generator.event(index).timestamp;
      assertThat(lateness).isBetween(0L, 600L);
      latest = Math.max(latest, lateness);
    }

    assertThat(latest).isGreaterThan(550);
  }

  @Test
  void soundRecordsAreFilledUpToTheirSize() throws IOException {
    ClickstreamGenerator generator =
        ClickstreamGenerator.seeded(5).hostileShare(0.2).recordBytes(300).build();
    Set<String> sessions = new HashSet<>();
    for (int index = 0; index < 1_000; index++) {
      byte[] data = generator.generate(index).data;
      if (generator.event(index).kind == EventKind.GOOD) {
        assertThat(data).hasSize(300);
        sessions.add(JSON.readTree(data).get("session").textValue());
      }
    }

    assertThat(sessions).hasSizeGreaterThan(700);
    assertThat(sessions.iterator().next()).matches("[\\w-]+");
  }

  @Test
  void aSizeThatDoesNotFitTheFieldIsNotReached() throws IOException {
    int plain = ClickstreamGenerator.seeded(5).build().generate(0).data.length;
    for (int size = plain - 1; size < plain + 40; size++) {
      byte[] data = ClickstreamGenerator.seeded(5).recordBytes(size).build().generate(0).data;

      JSON.readTree(data);
      assertThat(data).hasSize(size < plain + 14 ? plain : size);
    }
    assertThat(ClickstreamGenerator.seeded(5).recordBytes(1 << 20).build().generate(0).data)
        .hasSize(1 << 20);
  }

  @Test
  void eachTaskMakesTheSame() throws Exception {
    ClickstreamGenerator generator = mixed().recordBytes(300).build();
    generator.generate(99);
    ClickstreamGenerator other = InstantiationUtil.clone(generator);

    for (int index = 1_000; index > 0; index -= 7) {
      assertThat(other.generate(index)).isEqualTo(generator.generate(index));
      assertThat(mixed().recordBytes(300).build().generate(index))
          .isEqualTo(generator.generate(index));
    }
    assertThat(ClickstreamGenerator.seeded(8).build().generate(1))
        .isNotEqualTo(ClickstreamGenerator.seeded(9).build().generate(1));
  }

  @Test
  void refusesWhatMeansNothing() {
    ClickstreamBuilder builder = ClickstreamGenerator.seeded(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.customers(0))
        .withMessage("Customers of the clickstream must be 1 to 10000000, but was '0'");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.skew(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.perSecond(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.recordBytes(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.disorder(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.badShare(0.6).hostileShare(0.5));
  }

  private static ClickstreamBuilder mixed() {
    return ClickstreamGenerator.seeded(2).customers(50).badShare(0.2).hostileShare(0.1);
  }
}
