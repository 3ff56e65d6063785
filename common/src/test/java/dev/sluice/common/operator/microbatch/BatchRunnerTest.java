package dev.sluice.common.operator.microbatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {
  private final ScriptedFunction function = new ScriptedFunction();

  @Test
  void splitsAFailedBatchUntilTheBadElementIsAlone() throws Exception {
    function.poisonous.add(5L);
    Batch<Long, Long> batch = batchOf(8);

    runner(100).run(batch);

    assertThat(outputs(batch)).containsExactly(0L, 2L, 4L, 6L, 8L, null, 12L, 14L);
    assertThat(batch.outcome(5).code).isEqualTo("batch-element-failed");
    assertThat(batch.outcome(5).message).contains("poison 5");
    assertThat(function.batches).contains(List.of(5L));
    // 8, 4, 4, 2, 1, 1, 2: one path down a binary tree, not one call per element.
    assertThat(function.batches).hasSize(7);
  }

  @Test
  void keepsWhatWasDecidedBeforeTheFunctionThrew() throws Exception {
    function.acceptsBeforeItThrows = true;
    function.poisonous.add(3L);
    Batch<Long, Long> batch = batchOf(4);

    runner(100).run(batch);

    assertThat(outputs(batch)).containsExactly(0L, 2L, 4L, null);
    assertThat(function.batches).containsExactly(List.of(0L, 1L, 2L, 3L), List.of(3L));
  }

  @Test
  void failsWhenTooManyElementsInARowFail() {
    LongStream.range(0, 64).forEach(function.poisonous::add);

    assertThatThrownBy(() -> runner(10).run(batchOf(64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("10 elements in a row")
        .hasRootCauseMessage("poison 9");
  }

  @Test
  void turnsNothingIntoDeadLettersWhenTheFunctionHasNeverWorked() {
    LongStream.range(0, 4).forEach(function.poisonous::add);

    assertThatThrownBy(() -> runner(100).run(batchOf(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("All 4 elements of the first batches failed");
  }

  @Test
  void takesBadElementsForBadWhenAGoodOneIsAmongThem() throws Exception {
    LongStream.range(0, 3).forEach(function.poisonous::add);
    Batch<Long, Long> batch = batchOf(4);

    runner(100).run(batch);

    assertThat(outputs(batch)).containsExactly(null, null, null, 6L);
  }

  @Test
  void triesAnElementThatWasAcceptedBeforeToTellABrokenFunctionFromBadData() throws Exception {
    BatchRunner<Long, Long> runner = runner(100);
    Batch<Long, Long> good = new Batch<>(List.of(9L));
    runner.run(good);
    LongStream.range(0, 4).forEach(function.poisonous::add);

    Batch<Long, Long> bad = batchOf(4);
    runner.run(bad);
    assertThat(outputs(bad)).containsOnlyNulls();

    function.poisonous.add(9L);
    assertThatThrownBy(() -> runner.run(batchOf(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one that was accepted before fails as well")
        .hasRootCauseMessage("poison 9");
  }

  @Test
  void toleratesAnyNumberOfBadElementsAmongGoodOnes() throws Exception {
    BatchRunner<Long, Long> runner = runner(3);
    LongStream.range(0, 64).filter(i -> i % 2 == 0).forEach(function.poisonous::add);

    for (int i = 0; i < 5; i++) {
      Batch<Long, Long> batch = batchOf(64);
      runner.run(batch);

      assertThat(outputs(batch)).filteredOn(o -> o != null).hasSize(32);
    }
  }

  @Test
  void failsWhenTheFunctionForgetsAnElement() {
    BatchFunction<Long, Long> forgetful = batch -> batch.accept(0, 0L);
    BatchRunner<Long, Long> runner = new BatchRunner<>(forgetful, 100, metrics());

    assertThatThrownBy(() -> runner.run(batchOf(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without a decision on elements [1, 2] of a batch of 3");
  }

  @Test
  void doesNotTakeAnErrorOrAnInterruptForABadElement() {
    BatchFunction<Long, Long> dying =
        batch -> {
          throw new OutOfMemoryError("native");
        };
    BatchFunction<Long, Long> interrupted =
        batch -> {
          throw new InterruptedException();
        };
    BatchFunction<Long, Long> wrapping =
        batch -> {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("cancelled");
        };

    assertThatThrownBy(() -> new BatchRunner<>(dying, 100, metrics()).run(batchOf(4)))
        .isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> new BatchRunner<>(interrupted, 100, metrics()).run(batchOf(4)))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> new BatchRunner<>(wrapping, 100, metrics()).run(batchOf(4)))
        .hasMessage("cancelled");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Property
  void decidesEveryElementOnceWhateverFails(
      @ForAll @IntRange(min = 1, max = 70) int size,
      @ForAll @Size(max = 30) Set<@LongRange(max = 69) Long> poisonous,
      @ForAll @Size(max = 30) Set<@LongRange(max = 69) Long> rejected,
      @ForAll boolean acceptsBeforeItThrows)
      throws Exception {
    ScriptedFunction function = new ScriptedFunction(); // jqwik keeps the test's fields
    function.poisonous.addAll(poisonous);
    function.rejected.addAll(rejected);
    function.acceptsBeforeItThrows = acceptsBeforeItThrows;
    Batch<Long, Long> batch = batchOf(size);

    BatchRunner<Long, Long> runner = new BatchRunner<>(function, 1_000, metrics());
    runner.run(new Batch<>(List.of(100L))); // it has worked before
    runner.run(batch);

    for (int i = 0; i < size; i++) {
      if (poisonous.contains((long) i)) {
        assertThat(batch.outcome(i).code).isEqualTo("batch-element-failed");
      } else if (rejected.contains((long) i)) {
        assertThat(batch.outcome(i).code).isEqualTo("odd-number");
      } else {
        assertThat(batch.outcome(i).output).isEqualTo(2L * i);
      }
    }
  }

  private BatchRunner<Long, Long> runner(int maxFailuresInARow) {
    return new BatchRunner<>(function, maxFailuresInARow, metrics());
  }

  private static BatchMetrics metrics() {
    return new BatchMetrics(new UnregisteredMetricsGroup());
  }

  private static Batch<Long, Long> batchOf(int size) {
    List<Long> elements = new ArrayList<>();
    LongStream.range(0, size).forEach(elements::add);
    return new Batch<>(elements);
  }

  private static List<Long> outputs(Batch<Long, Long> batch) {
    List<Long> outputs = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      outputs.add(batch.outcome(i).output);
    }
    return outputs;
  }
}
