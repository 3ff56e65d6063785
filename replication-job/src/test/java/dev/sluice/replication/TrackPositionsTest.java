package dev.sluice.replication;

import static org.apache.flink.streaming.util.ProcessFunctionTestHarnesses.forProcessFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackPositionsTest {
  private static final List<PositionCut> KEPT = new ArrayList<>();
  private static boolean away;

  @BeforeEach
  void begin() {
    KEPT.clear();
    away = false;
  }

  @Test
  void aStoreThatIsAwayForAMomentCostsALineAndNotTheJob() throws Exception {
    try (var harness = open()) {
      checkpoint(harness, 1);
      away = true;
      for (int id = 2; id < TrackPositions.FAILURES_IN_A_ROW; id++) {
        checkpoint(harness, id);
      }
      away = false;
      checkpoint(harness, 100);
      away = true;
      checkpoint(harness, 101);
    }
    assertThat(KEPT).extracting(PositionCut::checkpoint).containsExactly(1L, 100L);
  }

  @Test
  void aStoreThatNeverTakesAnythingFailsTheJob() throws Exception {
    away = true;
    var harness = open();
    for (int id = 1; id < TrackPositions.FAILURES_IN_A_ROW; id++) {
      checkpoint(harness, id);
    }

    assertThatThrownBy(() -> checkpoint(harness, 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("10 times in a row")
        .hasRootCauseMessage("away");
  }

  private static void checkpoint(
      OneInputStreamOperatorTestHarness<Replicated, Replicated> harness, long id) throws Exception {
    harness.processElement(
        new Replicated("s", Long.toString(id), "t", Long.toString(id), 0L, 0L, 0L), 0L);
    harness.snapshot(id, id);
    harness.notifyOfCompletedCheckpoint(id);
  }

  private static OneInputStreamOperatorTestHarness<Replicated, Replicated> open() throws Exception {
    return forProcessFunction(new TrackPositions(Memory::new));
  }

  private static final class Memory implements PositionStore {
    @Override
    public void append(PositionCut cut) throws IOException {
      if (away) {
        throw new IOException("away");
      }
      KEPT.add(cut);
    }

    @Override
    public Iterator<PositionCut> newestFirst() {
      return KEPT.iterator();
    }

    @Override
    public void close() {}
  }
}
