package dev.sluice.replication;

import static org.apache.flink.streaming.util.ProcessFunctionTestHarnesses.forProcessFunction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GuardRetentionTest {
  private static final Duration RETENTION = Duration.ofHours(24);

  private final FakeClock clock = FakeClock.at(Instant.parse("2026-01-10T00:00:00Z"));

  @Test
  void aJobThatWasStoppedForLongerThanTheRetentionDoesNotGoOn() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofSeconds(1));
    clock.advance(Duration.ofHours(23));
    restore(state, false).close();
    clock.advance(Duration.ofHours(1));

    assertThatThrownBy(() -> restore(state, false))
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseInstanceOf(PositionOvertakenException.class)
        .rootCause()
        .hasMessageContaining("shard-1")
        .hasMessageContaining("PT24H");
  }

  /** The next machine's clock, which is up to five minutes off, says how long it has been. */
  @Test
  void clocksThatDifferHideNoGapAndMakeNone() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofSeconds(1));
    clock.advance(RETENTION.minus(Duration.ofMinutes(5))); // it is behind: 24 h have passed

    assertThatThrownBy(() -> restore(state, false)).isInstanceOf(SuppressRestartsException.class);

    try (var harness = open(false)) {
      harness.processElement(record(Duration.ofMinutes(-5)), 0L); // from the future
      harness.processElement(record(RETENTION.minusMinutes(35)), 0L); // 5 less in truth
      assertThatThrownBy(
              // 24 h by the clock of Kinesis: it is the last one that is left.
              () -> harness.processElement(record(RETENTION.minusMinutes(5)), 0L))
          .isInstanceOf(SuppressRestartsException.class);
    }
  }

  @Test
  void theLagAtTheStopCountsToo() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofHours(20));
    clock.advance(Duration.ofHours(5));

    assertThatThrownBy(() -> restore(state, false)).isInstanceOf(SuppressRestartsException.class);
  }

  @Test
  void aGapThatIsAcceptedIsPassed() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofSeconds(1));
    clock.advance(Duration.ofDays(3));

    try (var harness = restore(state, true)) {
      harness.processElement(record(Duration.ofHours(24)), 0L);

      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void aShardThatFallsBehindToTheEndOfTheRetentionStopsTheJob() throws Exception {
    try (var harness = open(false)) {
      harness.processElement(record(Duration.ofHours(3)), 0L);

      assertThatThrownBy(() -> harness.processElement(record(Duration.ofHours(24)), 0L))
          .isInstanceOf(SuppressRestartsException.class);
    }
  }

  @Test
  void theMemoryOfAShardThatWasReadOutlivesARestore() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofHours(3));
    clock.advance(Duration.ofMinutes(1));

    try (var harness = restore(state, false)) {
      assertThatThrownBy(() -> harness.processElement(record(Duration.ofHours(24)), 0L))
          .isInstanceOf(SuppressRestartsException.class);
    }
  }

  @Test
  void aShardWithoutRecordsSinceTheRestoreIsNotForgotten() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofHours(3));
    clock.advance(Duration.ofHours(1));
    try (var harness = restore(state, false)) {
      state = harness.snapshot(2, 2);
    }
    clock.advance(Duration.ofHours(22));
    OperatorSubtaskState last = state;

    assertThatThrownBy(() -> restore(last, false)).isInstanceOf(SuppressRestartsException.class);
  }

  /** It has read the shard to its end long ago: that its last record was late says nothing now. */
  @Test
  void anIdleShardIsAsOldAsItsLastLookAndNotAsItsLastRecord() throws Exception {
    OperatorSubtaskState idle;
    OperatorSubtaskState idleSinceTheRestore;
    try (var harness = open(false)) {
      harness.processElement(record(Duration.ofHours(20)), 0L);
      clock.advance(Duration.ofMinutes(14));
      OperatorSubtaskState early = harness.snapshot(1, 1);
      clock.advance(Duration.ofMinutes(1));
      idle = harness.snapshot(2, 2);
      try (var again = restore(early, false)) {
        clock.advance(Duration.ofMinutes(15));
        idleSinceTheRestore = again.snapshot(3, 3);
      }
    }
    clock.advance(Duration.ofHours(23));

    restore(idle, false).close();
    restore(idleSinceTheRestore, false).close();
    clock.advance(Duration.ofHours(1));
    assertThatThrownBy(() -> restore(idle, false)).isInstanceOf(SuppressRestartsException.class);
  }

  /** A reader that is held back by the target gives late records of one shard at a time. */
  @Test
  void aShardThatWaitsForOthersIsNotIdle() throws Exception {
    OperatorSubtaskState state;
    try (var harness = open(false)) {
      harness.processElement(record(Duration.ofHours(20)), 0L);
      for (int minute = 0; minute < 60; minute++) {
        clock.advance(Duration.ofMinutes(1));
        harness.processElement(record("shard-2", Duration.ofMinutes(minute % 12)), 0L);
      }
      state = harness.snapshot(1, 1);
    }
    clock.advance(Duration.ofHours(5));

    assertThatThrownBy(() -> restore(state, false))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("shard-1");
  }

  @Test
  void theTimeOfEachStopCountsForAShardWithoutRecords() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofHours(3));
    for (int stop = 0; stop < 2; stop++) {
      clock.advance(Duration.ofHours(8));
      try (var harness = restore(state, false)) {
        state = harness.snapshot(2, 2);
      }
    }
    clock.advance(Duration.ofHours(8));
    OperatorSubtaskState last = state;

    assertThatThrownBy(() -> restore(last, false)).isInstanceOf(SuppressRestartsException.class);
  }

  /** Each subtask remembers all shards, since any of them may get any shard. */
  @Test
  void whatOneSubtaskRemembersIsNotSetAgainstWhatAnotherHasRead() throws Exception {
    OperatorSubtaskState state = afterReading(Duration.ofHours(20));
    OperatorSubtaskState reads;
    OperatorSubtaskState remembers;
    try (var reader = restore(state, false);
        var other = restore(state, false)) {
      reader.processElement(record(Duration.ofSeconds(1)), 0L);
      reads = reader.snapshot(2, 2);
      remembers = other.snapshot(2, 2);
    }
    clock.advance(Duration.ofHours(5));

    restore(AbstractStreamOperatorTestHarness.repackageState(reads, remembers), false).close();
    restore(AbstractStreamOperatorTestHarness.repackageState(remembers, reads), false).close();
  }

  @Test
  void aFirstStartAtTheEndOfTheRetentionIsNoGap() throws Exception {
    try (var harness = open(false)) {
      harness.processElement(record(Duration.ofMinutes(24 * 60 - 1)), 0L);
      harness.processElement(record(Duration.ofMinutes(24 * 60 - 1)), 0L);
      harness.processElement(record(Duration.ofHours(1)), 0L);

      assertThat(harness.extractOutputValues()).hasSize(3);
    }
  }

  @Test
  void aShardWithoutRecordsForDaysIsNoGap() throws Exception {
    try (var harness = open(false)) {
      harness.processElement(record(Duration.ofSeconds(1)), 0L);
      clock.advance(Duration.ofDays(4));
      harness.processElement(record(Duration.ofSeconds(1)), 0L);

      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  private OperatorSubtaskState afterReading(Duration age) throws Exception {
    try (var harness = open(false)) {
      harness.processElement(record(age), 0L);
      return harness.snapshot(1, 1);
    }
  }

  private OneInputStreamOperatorTestHarness<ReplicatedRecord, ReplicatedRecord> open(boolean accept)
      throws Exception {
    FakeClock time = clock;
    return forProcessFunction(new GuardRetention(RETENTION, accept, time::millis));
  }

  private OneInputStreamOperatorTestHarness<ReplicatedRecord, ReplicatedRecord> restore(
      OperatorSubtaskState state, boolean accept) throws Exception {
    FakeClock time = clock;
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new org.apache.flink.streaming.api.operators.ProcessOperator<>(
                new GuardRetention(RETENTION, accept, time::millis)));
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private ReplicatedRecord record(Duration age) {
    return record("shard-1", age);
  }

  private ReplicatedRecord record(String shard, Duration age) {
    return new ReplicatedRecord(
        new byte[0], "k", null, shard, "1", -1, clock.millis() - age.toMillis());
  }
}
