package dev.sluice.common.operator.drop;

import static dev.sluice.common.operator.drop.DropHarness.MAX_PARALLELISM;
import static dev.sluice.common.operator.drop.DropHarness.add;
import static dev.sluice.common.operator.drop.DropHarness.backend;
import static dev.sluice.common.operator.drop.DropHarness.harness;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.source.generated.ticks.Tick;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindDropsRestoreTest {
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

  /**
   * Candidates are restored, so rows from before them must be late, until a watermark comes too.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasLateStaysLate(boolean rocks) throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, 0, backend(rocks))) {
      harness.open();
      add(harness, "A", 500, 1_000);
      harness.processWatermark(900);
      state = harness.snapshot(1, 1);
    }

    try (var harness = harness(1, 0, backend(rocks))) {
      harness.initializeState(state);
      harness.open();
      add(harness, "A", 300, 400);
      add(harness, "A", 900, 300);
      add(harness, "A", 901, 450);
      harness.processWatermark(901);

      assertThat(harness.extractOutputValues())
          .containsExactly(new DropAlert("A", 500, 901, 1_000, 450));
      assertThat(harness.getSideOutput(DropHarness.LATE))
          .extracting(record -> record.getValue().eventTime)
          .containsExactly(300L, 900L);
    }
  }

  /** A second savepoint before the first watermark has what the first one had. */
  @Test
  void theWatermarkOutlivesTwoRestoresWithAnotherParallelism() throws Exception {
    List<OperatorSubtaskState> parts = new ArrayList<>();
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(2, subtask, backend(false))) {
        harness.open();
        harness.processWatermark(900 + subtask);
        parts.add(harness.snapshot(1, 1));
      }
    }
    OperatorSubtaskState state =
        AbstractStreamOperatorTestHarness.repackageState(
            parts.toArray(OperatorSubtaskState[]::new));
    try (var harness = harness(1, 0, backend(false))) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 2, 1, 0));
      harness.open();
      state = harness.snapshot(2, 2);
    }

    try (var harness = harness(1, 0, backend(false))) {
      harness.initializeState(state);
      harness.open();
      add(harness, "A", 900, 1);
      add(harness, "A", 901, 1);

      assertThat(harness.getSideOutput(DropHarness.LATE)).hasSize(1);
    }
  }

  /**
   * The last watermark of an input that ends is above all times: what comes after a drain counts.
   */
  @Test
  void nothingIsLateAfterADrain() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, 0, backend(false))) {
      harness.open();
      harness.processWatermark(Long.MAX_VALUE);
      state = harness.snapshot(1, 1);
    }

    try (var harness = harness(1, 0, backend(false))) {
      harness.initializeState(state);
      harness.open();
      add(harness, "A", 1, 1_000);

      assertThat(harness.getSideOutput(DropHarness.LATE)).isNullOrEmpty();
    }
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
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
  }
}
