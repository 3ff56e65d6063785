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
