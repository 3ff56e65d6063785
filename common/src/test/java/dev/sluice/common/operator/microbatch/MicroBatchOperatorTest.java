package dev.sluice.common.operator.microbatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.deadletter.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class MicroBatchOperatorTest {
  private static final BatchLimits THREE_OR_100_MS = BatchLimits.of(3, Duration.ofMillis(100));

  private final ScriptedFunction function = new ScriptedFunction();

  @Test
  void flushesOnCount() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      send(harness, 1, 2);
      assertThat(values(harness)).isEmpty();

      send(harness, 3, 4);

      assertThat(values(harness)).containsExactly(2L, 4L, 6L);
    }
  }

  @Test
  void flushesOnBytesBeforeTheLimitIsExceeded() throws Exception {
    try (var harness = harness(BatchLimits.of(100, 10, Duration.ofHours(1)))) {
      send(harness, 4, 5, 2);

      assertThat(function.batches).containsExactly(List.of(4L, 5L));
    }
  }

  @Test
  void makesABatchOfItsOwnOfAnElementAboveTheLimitOnBytes() throws Exception {
    try (var harness = harness(BatchLimits.of(100, 10, Duration.ofHours(1)))) {
      send(harness, 1, 11, 2);

      assertThat(function.batches).containsExactly(List.of(1L), List.of(11L));
    }
  }

  @Test
  void flushesWhenTheFirstElementIsOldEnough() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      harness.setProcessingTime(1_000);
      send(harness, 1);
      harness.setProcessingTime(1_099);
      assertThat(values(harness)).isEmpty();

      harness.setProcessingTime(1_100);

      assertThat(values(harness)).containsExactly(2L);
    }
  }

  @Test
  void countsTheAgeOfEachBatchFromItsOwnFirstElement() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      harness.setProcessingTime(0);
      send(harness, 1, 2, 3);
      harness.setProcessingTime(60);
      send(harness, 4);

      harness.setProcessingTime(159);
      assertThat(values(harness)).containsExactly(2L, 4L, 6L);
      harness.setProcessingTime(160);

      assertThat(values(harness)).containsExactly(2L, 4L, 6L, 8L);
    }
  }

  @Test
  void flushesBeforeTheBarrierAndHoldsNoState() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      send(harness, 1, 2);

      harness.prepareSnapshotPreBarrier(1);
      var snapshot = harness.snapshot(1, 0);

      assertThat(values(harness)).containsExactly(2L, 4L);
      assertThat(snapshot.getManagedOperatorState()).isEmpty();
      assertThat(snapshot.getRawOperatorState()).isEmpty();
      assertThat(snapshot.getManagedKeyedState()).isEmpty();
    }
  }

  @Test
  void flushesAtTheEndOfTheInput() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      send(harness, 1);

      harness.endInput();

      assertThat(values(harness)).containsExactly(2L);
    }
  }

  @Test
  void sendsTheOneBadElementOfABatchToTheDeadLetters() throws Exception {
    function.poisonous.add(2L);
    try (var harness = harness(THREE_OR_100_MS)) {
      send(harness, 1, 2, 3);

      assertThat(values(harness)).containsExactly(2L, 6L);
      assertThat(letters(harness)).hasSize(1);
      DeadLetter letter = letters(harness).get(0);
      assertThat(letter.stage).isEqualTo("double");
      assertThat(letter.errorCode).isEqualTo("batch-element-failed");
      assertThat(letter.source).isEqualTo("number/2");
      assertThat(letter.sourceSize).isEqualTo(2L);
    }
  }

  @Test
  void keepsTimestampsOfOutputsAndDeadLetters() throws Exception {
    function.rejected.add(2L);
    try (var harness = harness(THREE_OR_100_MS)) {
      harness.processElement(1L, 10);
      harness.processElement(2L, 20);
      harness.endInput();

      assertThat(harness.getOutput()).containsExactly(new StreamRecord<>(2L, 10));
      assertThat(harness.getSideOutput(MicroBatch.REJECTED).peek().getTimestamp()).isEqualTo(20);
    }
  }

  @Test
  void holdsAWatermarkUntilTheElementsBeforeItAreOut() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      harness.processElement(1L, 10);
      harness.processWatermark(10);
      harness.processElement(2L, 20);
      harness.processWatermark(20);
      assertThat(harness.getOutput()).isEmpty();

      harness.processElement(3L, 30);
      harness.processWatermark(30);

      assertThat(harness.getOutput())
          .containsExactly(
              new StreamRecord<>(2L, 10),
              new StreamRecord<>(4L, 20),
              new StreamRecord<>(6L, 30),
              new Watermark(20),
              new Watermark(30));
    }
  }

  @Test
  void flushesBeforeItsInputBecomesIdle() throws Exception {
    try (var harness = harness(THREE_OR_100_MS)) {
      send(harness, 1);

      harness.processWatermarkStatus(WatermarkStatus.IDLE);

      assertThat(harness.getOutput()).containsExactly(new StreamRecord<>(2L), WatermarkStatus.IDLE);
    }
  }

  @Test
  void closesTheFunctionAlsoWhenItFailed() throws Exception {
    var harness = harness(THREE_OR_100_MS, b -> b.failingAfter(1));
    function.poisonous.add(1L);

    assertThatThrownBy(() -> send(harness, 1, 2, 3)).hasMessageContaining("function is broken");
    harness.close();

    assertThat(function.opened).isTrue();
    assertThat(function.closed).isTrue();
  }

  @Test
  void refusesLimitsBelowOne() {
    assertThatThrownBy(() -> BatchLimits.of(0, Duration.ofMillis(1)))
        .hasMessage("Limit of a batch in elements must be at least 1, but was '0'");
    assertThatThrownBy(() -> BatchLimits.of(1, 0, Duration.ofMillis(1)))
        .hasMessage("Limit of a batch in bytes must be at least 1, but was '0'");
    assertThatThrownBy(() -> BatchLimits.of(1, Duration.ZERO))
        .hasMessage("Limit of a batch in age in milliseconds must be at least 1, but was '0'");
  }

  /** Any sequence of elements, barriers, passing time and watermarks: nothing lost, order kept. */
  @Property(tries = 200)
  void losesAndReordersNothing(
      @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> steps,
      @ForAll @IntRange(min = 1, max = 7) int maxElements,
      @ForAll @IntRange(min = 1, max = 40) int maxBytes)
      throws Exception {
    List<Long> expected = new ArrayList<>();
    try (var harness = harness(BatchLimits.of(maxElements, maxBytes, Duration.ofMillis(5)))) {
      long now = 0;
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i) == 0) {
          harness.prepareSnapshotPreBarrier(i);
          assertThat(values(harness)).isEqualTo(expected);
        } else if (steps.get(i) == 1) {
          harness.setProcessingTime(now += 3);
        } else {
          harness.processElement((long) i, i);
          harness.processWatermark(i);
          expected.add(2L * i);
        }
      }
      harness.endInput();

      assertThat(values(harness)).isEqualTo(expected);
      assertThat(latest(harness)).noneMatch(late -> late);
    }
  }

  /** For each record in the output, whether a watermark before it makes it late. */
  private static List<Boolean> latest(OneInputStreamOperatorTestHarness<Long, Long> harness) {
    List<Boolean> late = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (Object out : harness.getOutput()) {
      if (out instanceof Watermark mark) {
        watermark = mark.getTimestamp();
      } else if (out instanceof StreamRecord<?> element) {
        late.add(element.getTimestamp() <= watermark);
      }
    }
    return late;
  }

  private OneInputStreamOperatorTestHarness<Long, Long> harness(BatchLimits limits)
      throws Exception {
    return harness(limits, builder -> builder);
  }

  private OneInputStreamOperatorTestHarness<Long, Long> harness(
      BatchLimits limits, java.util.function.UnaryOperator<MicroBatch.Builder<Long, Long>> more)
      throws Exception {
    function.batches.clear();
    var builder =
        MicroBatch.of(function, limits)
            .sizedBy(element -> element)
            .describedBy((element, letter) -> letter.from("number/" + element, element));
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new MicroBatchOperator<>(more.apply(builder), "double"), LongSerializer.INSTANCE);
    harness.open();
    return harness;
  }

  private static void send(OneInputStreamOperatorTestHarness<Long, Long> harness, long... values)
      throws Exception {
    for (long value : values) {
      harness.processElement(new StreamRecord<>(value));
    }
  }

  private static List<Long> values(OneInputStreamOperatorTestHarness<Long, Long> harness) {
    return harness.extractOutputValues();
  }

  private static List<DeadLetter> letters(OneInputStreamOperatorTestHarness<Long, Long> harness) {
    var letters = harness.getSideOutput(MicroBatch.REJECTED);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }
}
