package dev.sluice.prices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.streaming.util.ProcessFunctionTestHarnesses.forProcessFunction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KplRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTicksTest {
  private OneInputStreamOperatorTestHarness<StreamRecord, Price> harness;

  @BeforeEach
  void open() throws Exception {
    harness = forProcessFunction(new ReadTicks());
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void readsAStampedTickWithEveryDigitOfItsPrice() throws Exception {
    byte[] data =
        stamped(
            3,
            77,
            "{\"event_time\":\"2026-01-05T14:30:00.017\",\"ticker\":\"Zü\",\"volume\":7,"
                + "\"price\":1201.123456789012345678901}");
    process(data, "any");

    Price price = harness.extractOutputValues().get(0);
    assertThat(price.ticker).isEqualTo("Zü");
    assertThat(price.price).isEqualTo(new BigDecimal("1201.123456789012345678901"));
    assertThat(price.eventTime).isEqualTo("2026-01-05T14:30:00.017");
    assertThat(price.epoch).isEqualTo(3);
    assertThat(price.sequence).isEqualTo(77);
    assertThat(price.producer).isEqualTo("p");
    assertThat(price.data).isEqualTo(data);
    assertThat(harness.getSideOutput(ReadTicks.REJECTED)).isNull();
  }

  @Test
  void takesAggregatesApartAndSkipsHeartbeats() throws Exception {
    byte[] one = stamped(1, 1, "{\"ticker\":\"A\",\"price\":1}");
    byte[] two = stamped(1, 2, "{\"ticker\":\"B\",\"price\":2}");
    process(KplRecord.of(List.of(KinesisPut.of("A", one), KinesisPut.of("B", two))).data(), "A");
    process("no stamp".getBytes(UTF_8), "sluice-heartbeat-7");

    assertThat(harness.extractOutputValues()).extracting(p -> p.ticker).containsExactly("A", "B");
    assertThat(harness.getSideOutput(ReadTicks.REJECTED)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"ticker\":\"A\"}",
        "{\"price\":1}",
        "{\"ticker\":\"\",\"price\":1}",
        "{\"ticker\":7,\"price\":1}",
        "{\"ticker\":\"A\",\"price\":\"1\"}",
        "{\"ticker\":\"A\",\"price\":NaN}",
        "{\"ticker\":\"A\",\"price\":1e126}",
        "{\"ticker\":\"A\",\"price\":1e999999999}",
        "{\"ticker\":\"A\",\"price\":123456789012345678901234567890123456789}",
        "{\"ticker\":\"A\",\"price\":1}{}",
        "{\"ticker\":\"A\",\"price\":1,\"price\":2}",
        "{\"ticker\":\"\\ud800\",\"price\":1}",
        "\ufeff\u0000{\"ticker\":\"A\",\"price\":1}",
      })
  void whatIsNoTickIsADeadLetterWithItsBytesAndHarmsNoOther(String json) throws Exception {
    byte[] good = stamped(1, 1, "{\"ticker\":\"A\",\"price\":1}");
    process(stamped(1, 1, json), "any");
    process(good, "any");

    assertRejected("malformed-tick", stamped(1, 1, json));
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void deepAndLongTextsAndTicksWithoutVersionAreDeadLetters() throws Exception {
    List<byte[]> bad = new ArrayList<>();
    bad.add(stamped(1, 1, "[".repeat(10_000)));
    bad.add(stamped(1, 1, "{\"ticker\":\"" + "x".repeat(2049) + "\",\"price\":1}"));
    bad.add(stamped(1, 1, "{\"ticker\":\"A\",\"price\":" + "9".repeat(100_000) + "}"));
    bad.add("{\"ticker\":\"A\",\"price\":1}".getBytes(UTF_8));
    for (byte[] each : bad) {
      process(each, "any");
    }

    assertThat(harness.getSideOutput(ReadTicks.REJECTED)).hasSize(4);
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  private void process(byte[] data, String key) throws Exception {
    harness.processElement(new StreamRecord(data, key, "s/0/1", 5L), 0L);
  }

  private void assertRejected(String code, byte[] data) {
    assertThat(harness.getSideOutput(ReadTicks.REJECTED))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getValue().errorCode).isEqualTo(code);
              assertThat(letter.getValue().rawData).isEqualTo(data);
              assertThat(letter.getValue().source).isEqualTo("s/0/1");
            });
  }

  static byte[] stamped(long epoch, long sequence, String json) {
    return new StampedRecord(new RecordVersion(epoch, sequence, "p"), json.getBytes(UTF_8))
        .toBytes();
  }
}
