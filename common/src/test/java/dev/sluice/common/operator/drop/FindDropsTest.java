package dev.sluice.common.operator.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.source.generated.ticks.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindDropsTest {
  private static final OutputTag<Tick> LATE =
      new OutputTag<>("late-rows", TypeInformation.of(Tick.class));
  private static final DropRule RULE = DropRule.of(500, Duration.ofMillis(600));
  private static final int MAX_PARALLELISM = 16;

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
      var row = new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(tick("A", 0, 1));

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

  /** Waiting rows, candidates, and timers of all, from one subtask to three and to two. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stateIsRestoredWithAnotherParallelism(boolean rocks) throws Exception {
    List<DropAlert> alerts = new ArrayList<>();
    OperatorSubtaskState state = null;
    int[] parallelisms = {1, 3, 2};
    for (int step = 0; step < parallelisms.length; step++) {
      List<OperatorSubtaskState> parts = new ArrayList<>();
      for (int subtask = 0; subtask < parallelisms[step]; subtask++) {
        parts.add(part(parallelisms[step], subtask, rocks, state, step, alerts));
      }
      state =
          AbstractStreamOperatorTestHarness.repackageState(
              parts.toArray(OperatorSubtaskState[]::new));
    }

    List<DropAlert> expected = new ArrayList<>();
    for (int key = 0; key < 40; key++) {
      expected.add(new DropAlert("K" + key, 100, 210, 1_000 + key, 450 + key));
      expected.add(new DropAlert("K" + key, 220, 320, 960, 460));
    }
    assertThat(alerts).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** One subtask's share of: 1000, 600 | 450 (waits), | 960 | 460; where | is a savepoint. */
  private static OperatorSubtaskState part(
      int parallelism,
      int subtask,
      boolean rocks,
      OperatorSubtaskState state,
      int step,
      List<DropAlert> alerts)
      throws Exception {
    try (var harness = harness(parallelism, subtask, backend(rocks))) {
      if (state != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, step == 1 ? 1 : 3, parallelism, subtask));
      }
      harness.open();
      for (int key = 0; key < 40; key++) {
        if (subtaskOf("K" + key, parallelism) == subtask) {
          addStep(harness, key, step);
        }
      }
      harness.processWatermark(step == 0 ? 205 : 100 + 110L * step);
      OperatorSubtaskState snapshot = harness.snapshot(step, step);
      alerts.addAll(harness.extractOutputValues());
      return snapshot;
    }
  }

  private static void addStep(
      KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness, int key, int step)
      throws Exception {
    if (step == 0) {
      add(harness, "K" + key, 100, 1_000 + key);
      add(harness, "K" + key, 200, 600);
      add(harness, "K" + key, 210, 450 + key); // waits
      add(harness, "K" + key, 209, 980 + key); // out of order, waits too
    } else if (step == 1) {
      add(harness, "K" + key, 220, 960);
    } else {
      add(harness, "K" + key, 320, 460);
    }
  }

  private static int subtaskOf(String key, int parallelism) {
    return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, MAX_PARALLELISM, parallelism);
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

  private static StateBackend backend(boolean rocks) {
    return rocks ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness(
      int parallelism, int subtask, StateBackend backend) throws Exception {
    return harness(RULE, parallelism, subtask, backend);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness(
      DropRule rule, int parallelism, int subtask, StateBackend backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new FindDrops<>(DropAlerts.TICKS, rule, LATE)),
            tick -> tick.ticker,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.setStateBackend(backend);
    return harness;
  }

  private static void add(
      KeyedOneInputStreamOperatorTestHarness<String, Tick, DropAlert> harness,
      String key,
      long time,
      double price)
      throws Exception {
    harness.processElement(tick(key, time, price), time);
  }

  private static Tick tick(String key, long time, double price) {
    return new Tick(key + "-" + time, key, price, 1, time);
  }
}
