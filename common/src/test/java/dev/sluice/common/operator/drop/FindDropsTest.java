package dev.sluice.common.operator.drop;

import static dev.sluice.common.operator.drop.DropHarness.LATE;
import static dev.sluice.common.operator.drop.DropHarness.RULE;
import static dev.sluice.common.operator.drop.DropHarness.add;
import static dev.sluice.common.operator.drop.DropHarness.backend;
import static dev.sluice.common.operator.drop.DropHarness.harness;
import static dev.sluice.common.operator.drop.DropHarness.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindDropsTest {
  @Test
  void streamsAndStateAreNoMatterForKryo() {
    for (Class<?> type :
        List.of(DropAlert.class, Candidate.class, CandidateEnds.class, TiedPrices.class)) {
      PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }
  }

  @Test
  void aDropIsEmittedWithTheWatermarkThatPassesItsEnd() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      add(harness, "A", 100, 900);
      add(harness, "A", 200, 400);
      harness.processWatermark(199);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(200);

      assertThat(harness.extractOutputValues())
          .containsExactly(new DropAlert("A", 100, 200, 900, 400));
      assertThat(harness.extractOutputStreamRecords().get(0).getTimestamp()).isEqualTo(200);
      assertThat(harness.extractOutputValues().get(0).dropDiff).isEqualTo(500);
    }
  }

  @Test
  void theLimitsOfTimeAndPrice() throws Exception {
    assertThat(drops(900, 100, 400.01, 200)).as("not by all of it").isEmpty();
    assertThat(drops(900, 100, 400, 699)).as("just in time").hasSize(1);
    assertThat(drops(900, 100, 400, 700)).as("after the time").isEmpty();
    assertThat(drops(499.5, 100, -1, 200)).as("a start below the drop").isEmpty();
    assertThat(drops(RULE.startingAt(-1e9), 499.5, 100, -1, 200)).as("negative").hasSize(1);
    assertThat(drops(RULE.startingAt(901), 900, 100, 400, 200)).as("a cheap start").isEmpty();
  }

  @Test
  void theStartIsTheFirstOfTheHighest() throws Exception {
    assertThat(drops(700, 100, 900, 110, 800, 120, 900, 130, 200, 140))
        .containsExactly(new DropAlert("A", 110, 140, 900, 200));
    // the highest is too old: the next one
    assertThat(drops(900, 100, 800, 110, 300, 705))
        .containsExactly(new DropAlert("A", 110, 705, 800, 300));
  }

  @Test
  void dropsShareNoRow() throws Exception {
    assertThat(drops(1_600, 100, 1_000, 110, 400, 120, 900, 130, 400, 140))
        .containsExactly(
            new DropAlert("A", 100, 110, 1_600, 1_000), new DropAlert("A", 130, 140, 900, 400));
  }

  @Test
  void lateRowsGoAside() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processWatermark(100);
      add(harness, "A", 100, 900);
      add(harness, "A", 101, 400);
      harness.processWatermark(1_000);

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.getSideOutput(LATE))
          .extracting(record -> record.getValue().price)
          .containsExactly(900.0);
    }
  }

  @Test
  void rowsWithoutTimestampsAreRefused() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      var row = new StreamRecord<>(tick("A", 0, 1));

      assertThatThrownBy(() -> harness.processElement(row))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("assign timestamps");
    }
  }

  /** As where time has whole seconds: more rows of one time than a chunk has, in their order. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyRowsOfOneTimeKeepTheirOrder(boolean rocks) throws Exception {
    int rows = 5 * WaitingPrices.CHUNK + 10;
    try (var harness = harness(1, 0, backend(rocks))) {
      harness.open();
      List<PlainDrops.Row> plain = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        double price = i % 7 == 0 ? 1_000 : i % 7 == 3 ? 300 : 600;
        add(harness, "A", 50, price);
        plain.add(new PlainDrops.Row(50, price));
      }
      harness.processWatermark(50);

      List<PlainDrops.Drop> expected = PlainDrops.of(plain, 500, 600);
      assertThat(expected).hasSizeGreaterThan(40);
      assertThat(harness.extractOutputValues()).hasSize(expected.size());
    }
  }

  @Test
  void aSilentKeyLeavesNothingBehind() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      for (int key = 0; key < 50; key++) {
        for (int i = 0; i < 100; i++) {
          add(harness, "K" + key, 100 + i, 900 - i % 10);
        }
      }
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.processWatermark(500);
      assertThat(harness.numKeyedStateEntries()).isPositive();
      assertThat(harness.numEventTimeTimers()).as("one for each key").isEqualTo(50);
      harness.processWatermark(800);

      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aKeyThatGoesOnKeepsItsCandidatesAndOneTimer() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      for (int i = 0; i < 5_000; i++) {
        add(harness, "A", i, 900 - i % 100);
        harness.processWatermark(i);
        assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      }
      add(harness, "A", 5_100, 350);
      harness.processWatermark(5_100);

      assertThat(harness.extractOutputValues())
          .containsExactly(new DropAlert("A", 4_600, 5_100, 900, 350));
    }
  }

  @Test
  void refusesRulesThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropRule.of(0, Duration.ofMinutes(1)))
        .withMessage("Drop must be a positive number, but was '0.0'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropRule.of(1, Duration.ZERO))
        .withMessage("Time of a drop must be at least 1 millisecond, but was '0'");
    assertThatIllegalArgumentException().isThrownBy(() -> RULE.startingAt(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DropRule.of(Double.NaN, Duration.ofMinutes(1)));
  }

  private static List<DropAlert> drops(double... pricesAndTimes) throws Exception {
    return drops(RULE, pricesAndTimes);
  }

  private static List<DropAlert> drops(DropRule rule, double... pricesAndTimes) throws Exception {
    try (var harness = harness(rule, 1, 0, new HashMapStateBackend())) {
      harness.open();
      for (int i = 0; i < pricesAndTimes.length; i += 2) {
        add(harness, "A", (long) pricesAndTimes[i + 1], pricesAndTimes[i]);
      }
      harness.processWatermark(Long.MAX_VALUE);
      return harness.extractOutputValues();
    }
  }
}
