package dev.sluice.common.operator.late;

import static dev.sluice.common.operator.late.MarkHarness.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

class MarkLateRowsOperatorTest {
  @Test
  void aRowAtTheWatermarkIsLateAndOneAboveItIsNot() throws Exception {
    try (var harness = MarkHarness.open(1, 0, List.of())) {
      assertThat(marks(harness, -1, 0)).containsExactly(false, false);
      harness.processWatermark(100);
      assertThat(marks(harness, 99, 100, 101)).containsExactly(true, true, false);
    }
  }

  /**
   * Those behind would go on without a subtask that is idle, and call late what it calls in time.
   */
  @Test
  void passesWatermarksOnAndNoIdleness() throws Exception {
    try (var harness = MarkHarness.open(1, 0, List.of())) {
      harness.processWatermark(100);
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      harness.processWatermark(200);

      assertThat(harness.getOutput()).containsExactly(new Watermark(100), new Watermark(200));
    }
  }

  @Test
  void whatWasLateStaysLateUntilWatermarksComeAgain() throws Exception {
    List<OperatorSubtaskState> state = stateAt(900);

    try (var harness = MarkHarness.open(1, 0, state)) {
      assertThat(marks(harness, 900, 901)).containsExactly(true, false);
      harness.processWatermark(300); // of a source that has just begun
      assertThat(marks(harness, 900, 901)).containsExactly(true, false);
      harness.processWatermark(1_000);
      assertThat(marks(harness, 1_000, 1_001)).containsExactly(true, false);
    }
  }

  /** The least of all, in each subtask, also in a savepoint that comes before any watermark. */
  @Test
  void theWatermarkOutlivesRestoresWithAnotherParallelism() throws Exception {
    List<OperatorSubtaskState> state = stateAt(902, 901, 903);
    for (int parallelism : new int[] {2, 5, 1}) {
      List<OperatorSubtaskState> next = new ArrayList<>();
      for (int subtask = 0; subtask < parallelism; subtask++) {
        try (var harness = MarkHarness.open(parallelism, subtask, state)) {
          assertThat(marks(harness, 901, 902)).containsExactly(true, false);
          next.add(harness.snapshot(1, 1));
        }
      }
      state = next;
    }
  }

  /**
   * The last watermark of an input that ends is above all times: what comes after a drain counts.
   */
  @Test
  void nothingIsLateAfterADrain() throws Exception {
    try (var harness = MarkHarness.open(1, 0, stateAt(Long.MAX_VALUE, Long.MAX_VALUE))) {
      assertThat(marks(harness, 1)).containsExactly(false);
    }
    try (var harness = MarkHarness.open(1, 0, stateAt(Long.MAX_VALUE, 900))) {
      assertThat(marks(harness, 900, 901)).containsExactly(true, false);
    }
  }

  @Test
  void aRowWithoutATimeFailsTheJobAndNamesTheTable() throws Exception {
    try (var harness = MarkHarness.open(1, 0, List.of())) {
      assertThatThrownBy(() -> harness.processElement(Tuple2.of(0, GenericRowData.of(1L, null)), 0))
          .hasMessage("Rows of table `c`.`d`.`marked` must have a time");
    }
  }

  /** A cast of the time attribute to the other timestamp type moves it by the zone. */
  @Test
  void aTimeThatIsNotTheTimeAttributeFailsTheJobAndSaysWhatToDo() throws Exception {
    try (var harness = MarkHarness.open(1, 0, List.of())) {
      harness.processElement(row(0, 1, 50), 3_600_050); // without watermarks nothing is late
      harness.processWatermark(100);

      assertThatThrownBy(() -> harness.processElement(row(0, 1, 150), 3_600_150))
          .hasMessageContaining("`c`.`d`.`marked` must hand on the time attribute of its source");
    }
  }

  private static List<OperatorSubtaskState> stateAt(long... watermarks) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int subtask = 0; subtask < watermarks.length; subtask++) {
      try (var harness = MarkHarness.open(watermarks.length, subtask, List.of())) {
        harness.processWatermark(watermarks[subtask]);
        states.add(harness.snapshot(1, 1));
      }
    }
    return states;
  }

  private static List<Boolean> marks(
      OneInputStreamOperatorTestHarness<Tuple2<Integer, RowData>, Tuple2<RowData, Boolean>> harness,
      long... times)
      throws Exception {
    int before = harness.extractOutputValues().size();
    for (long time : times) {
      harness.processElement(row(0, 1, time), time);
    }
    List<Tuple2<RowData, Boolean>> all = harness.extractOutputValues();
    return all.subList(before, all.size()).stream().map(marked -> marked.f1).toList();
  }
}
