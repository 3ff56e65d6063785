package dev.sluice.common.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The clock of a TaskManager is set back by an hour while a record pauses before its retry. */
class ClockSetBackTest {
  private final Deque<PutSurroundings.Action> answers = new ArrayDeque<>();
  private final List<Long> wakes = new ArrayList<>();
  private final List<Integer> stored = new ArrayList<>();
  private long now = 10_000_000;
  private boolean well;

  @Test
  void aRecordThatPausesIsTriedAgainSoonAllTheSame() throws Exception {
    OrderedPuts<Integer> puts =
        new OrderedPuts<>(
            new Client(),
            PutSettings.defaults(),
            new Surroundings(),
            new Outcomes(),
            new PutMetrics(
                org.apache.flink.metrics.groups.UnregisteredMetricsGroup
                    .createOperatorMetricGroup()));
    puts.add(1, "key", new StreamEntry(new byte[1], "key", null));
    answers.remove().run();
    assertThat(wakes).hasSize(1);
    long pause = wakes.get(0) - now;

    well = true;
    now -= 3_600_000;
    // A timer counts time and not the clock.
    now += pause;
    puts.wake();
    for (int wake = 0; wake < 2 && answers.isEmpty(); wake++) {
      now = wakes.get(wakes.size() - 1);
      assertThat(now).as("when it is tried again").isLessThan(10_000_000);
      puts.wake();
    }
    answers.remove().run();

    assertThat(stored).containsExactly(1);
    assertThat(puts.isEmpty()).isTrue();
  }

  private final class Client implements StreamClient {
    @Override
    public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
      EntryResult result =
          well
              ? EntryResult.stored("shard", "1")
              : EntryResult.failed(new PutFailure(FailureKind.TRANSIENT, "InternalFailure", ""));
      return CompletableFuture.completedFuture(List.of(result));
    }

    @Override
    public void close() {}
  }

  private final class Surroundings implements PutSurroundings {
    @Override
    public long now() {
      return now;
    }

    @Override
    public void wakeAt(long millis) {
      wakes.add(millis);
    }

    @Override
    public void onWriterThread(Action action) {
      answers.add(action);
    }
  }

  private final class Outcomes implements PutOutcomes<Integer> {
    @Override
    public void stored(Integer element, Placement placement) {
      stored.add(element);
    }

    @Override
    public void refused(Integer element, StreamEntry entry, PutFailure why, int attempts) {
      throw new IllegalStateException("Refused: " + why);
    }
  }
}
