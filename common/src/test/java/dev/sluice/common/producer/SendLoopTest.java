package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.producer.SendResult.Outcome;
import dev.sluice.common.producer.SimulatedProducers.Call;
import dev.sluice.common.producer.SimulatedProducers.Copy;
import dev.sluice.common.producer.SimulatedProducers.Producer;
import dev.sluice.common.region.RegionState;
import dev.sluice.common.sink.kinesis.FakeStream.Weather;
import dev.sluice.common.sink.kinesis.PutSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class SendLoopTest {
  private static final Weather BAD = new Weather(0.1, 0.1, 0.05, 0.1, Double.POSITIVE_INFINITY);
  private static final Weather DOWN = new Weather(0, 0.8, 0.1, 0.1, Double.POSITIVE_INFINITY);
  private static final Weather DEAD = new Weather(0, 1, 0, 0, Double.POSITIVE_INFINITY);

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("seeds")
  void losesNothingReordersNothingAndAcceptsNothingInAnEpochThatIsOver(long seed) throws Exception {
    SimulatedProducers world = new SimulatedProducers(seed, BAD, folder);
    ProducerSettings limits = limits(64 << 10).retryLimit(Duration.ofMillis(900));
    List<Producer> producers =
        List.of(world.producer("one", limits), world.producer("two", limits));
    int moves = 0;
    int kills = 0;
    for (int i = 0; i < 4_000; i++) {
      Producer producer = producers.get(world.random.nextInt(2));
      int chance = world.random.nextInt(1_000);
      if (chance < 150) {
        producer.send();
      } else if (chance == 999) {
        producer.stop(world.random.nextInt(1_000));
      } else if (chance < 152) {
        producer.losesSight(world.random.nextBoolean());
      } else if (chance < 154) {
        producer.kill();
        kills++;
      } else if (chance < 165 && moves < 6) {
        String from = moves % 2 == 0 ? SimulatedProducers.WEST : SimulatedProducers.EAST;
        String to = moves % 2 == 0 ? SimulatedProducers.EAST : SimulatedProducers.WEST;
        world.streams.get(from).weather(DOWN);
        world.streams.get(to).weather(BAD);
        world.move(to);
        moves++;
        run(world, SimulatedProducers.LEASE + 50);
      } else {
        world.simulation.step();
      }
    }
    world.streams.values().forEach(stream -> stream.weather(Weather.FAIR));
    producers.forEach(producer -> producer.losesSight(false));
    runUntilQuiet(world, producers);

    assertThat(moves).isPositive();
    assertThat(kills).isPositive();
    new SendInvariants(world).check();
    producers.forEach(producer -> assertThat(producer.memory).isZero());
  }

  /** More of them by hand: {@code -Dsluice.producer.seeds=200}. */
  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("sluice.producer.seeds", 4));
  }

  @Test
  void withoutALeaseNothingIsSentAndAllIsKept() throws Exception {
    SimulatedProducers world = new SimulatedProducers(1, Weather.FAIR, folder);
    Producer producer = world.producer("one", limits(1 << 20));
    run(world, 1_000);
    producer.send();
    run(world, 300);
    producer.losesSight(true);
    run(world, SimulatedProducers.LEASE + 100);
    int stored = world.streams.get(SimulatedProducers.WEST).stored.size();

    producer.send();
    run(world, 5_000);

    assertThat(stored).isEqualTo(1);
    assertThat(world.streams.get(SimulatedProducers.WEST).stored).hasSize(1);
    assertThat(world.calls.get(0).answer().join().outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(world.calls.get(1).answer().join().outcome()).isEqualTo(Outcome.SPOOLED);
    assertThat(producer.status().sendingTo()).isEmpty();
    assertThat(producer.status().spooledRecords()).isEqualTo(1);

    producer.losesSight(false);
    run(world, 2_000);

    assertThat(world.streams.get(SimulatedProducers.WEST).stored).hasSize(2);
    assertThat(producer.status().spooledRecords()).isZero();
  }

  @Test
  void anAnswerThatIsHeardAfterTheLeaseIsNoAcceptance() throws Exception {
    SimulatedProducers world = new SimulatedProducers(1, Weather.FAIR, folder);
    Producer producer = world.producer("one", limits(1 << 20));
    run(world, 1_000);
    producer.losesSight(true); // so that the answer is the first that is heard
    run(world, 150);
    producer.send();
    run(world, 1);
    producer.stop(5_000);
    world.change(1, SimulatedProducers.WEST, RegionState.SWITCHING);
    run(world, 4_000);
    assertThat(world.copies(SimulatedProducers.WEST)).as("stored").hasSize(1);
    assertThat(world.calls.get(0).answer()).isNotDone();

    run(world, 4_000);

    assertThat(world.calls.get(0).answer().join().outcome()).isEqualTo(Outcome.SPOOLED);
  }

  @Test
  void whileASwitchIsUnderWayNothingIsSentAnywhere() throws Exception {
    SimulatedProducers world = new SimulatedProducers(1, Weather.FAIR, folder);
    Producer producer = world.producer("one", limits(1 << 20));
    run(world, 1_000);
    world.change(1, SimulatedProducers.WEST, RegionState.SWITCHING);
    run(world, 1_000);
    producer.send();
    run(world, 5_000);
    assertThat(world.copies(SimulatedProducers.WEST)).isEmpty();

    world.change(2, SimulatedProducers.EAST, RegionState.ACTIVE);
    run(world, 1_000);

    assertThat(world.copies(SimulatedProducers.WEST)).isEmpty();
    assertThat(world.copies(SimulatedProducers.EAST)).hasSize(1);
  }

  @Test
  void afterTheRetryLimitRecordsGoToTheSpoolAndAreTriedOn() throws Exception {
    SimulatedProducers world = new SimulatedProducers(1, DEAD, folder);
    Producer producer = world.producer("one", limits(1 << 20).retryLimit(Duration.ofSeconds(10)));
    run(world, 1_000);
    for (int i = 0; i < 20; i++) {
      producer.send();
    }
    run(world, 9_000);
    assertThat(producer.status().waitingRecords()).isEqualTo(20);
    run(world, 5_000);
    assertThat(world.calls).allMatch(call -> call.answer().join().outcome() == Outcome.SPOOLED);

    world.streams.get(SimulatedProducers.WEST).weather(Weather.FAIR);
    run(world, 60_000);

    assertThat(producer.status().spooledRecords()).isZero();
    assertThat(world.copies(SimulatedProducers.WEST)).hasSize(20);
    assertThat(producer.status().attempts().get(SimulatedProducers.WEST).failed()).isPositive();
    assertThat(producer.status().attempts().get(SimulatedProducers.WEST).stored()).isEqualTo(20);
  }

  @Test
  void aFullSpoolHoldsRecordsInMemoryOrFailsThemAndTheStreamIsTriedOnAllTheSame() throws Exception {
    for (Overflow overflow : Overflow.values()) {
      SimulatedProducers world =
          new SimulatedProducers(1, DEAD, folder.resolve(overflow.toString()));
      Producer producer =
          world.producer(
              "one", limits(1_000).retryLimit(Duration.ofSeconds(10)).overflow(overflow));
      run(world, 1_000);
      for (int i = 0; i < 100; i++) {
        producer.send();
      }
      run(world, 30_000);
      long kept = world.calls.stream().filter(call -> call.answer().isDone()).count();
      assertThat(producer.status().spooledBytes()).isBetween(1L, 1_000L);
      if (overflow == Overflow.WAIT) {
        assertThat(kept).isBetween(1L, 99L);
        assertThat(producer.memory).isPositive();
      } else {
        assertThat(kept).isEqualTo(100);
        Call last = world.calls.get(99);
        assertThatThrownBy(() -> last.answer().get())
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                SendFailedException.class, e -> assertThat(e.code()).isEqualTo("overflow"));
      }

      world.streams.get(SimulatedProducers.WEST).weather(Weather.FAIR);
      runUntilQuiet(world, List.of(producer));

      long failed = world.calls.stream().filter(c -> c.answer().isCompletedExceptionally()).count();
      assertThat(world.copies(SimulatedProducers.WEST).stream().map(Copy::number).distinct())
          .hasSize((int) (100 - failed));
      SendInvariants.firstCopiesInOrder(world.copies(SimulatedProducers.WEST));
      assertThat(producer.memory).isZero();
    }
  }

  @Test
  void closingSpoolsWhatIsInMemoryAndTheNextProcessSendsIt() throws Exception {
    SimulatedProducers world = new SimulatedProducers(1, DEAD, folder);
    Producer producer = world.producer("one", limits(1 << 20));
    run(world, 1_000);
    for (int i = 0; i < 50; i++) {
      producer.send();
    }
    run(world, 500);
    producer.close();
    assertThat(world.calls).allMatch(call -> call.answer().join().outcome() == Outcome.SPOOLED);

    world.streams.get(SimulatedProducers.WEST).weather(Weather.FAIR);
    producer.kill();
    runUntilQuiet(world, List.of(producer));

    assertThat(world.copies(SimulatedProducers.WEST)).hasSize(50);
    SendInvariants.firstCopiesInOrder(world.copies(SimulatedProducers.WEST));
  }

  private ProducerSettings limits(long spoolBytes) {
    return ProducerSettings.of("ticks", "one", folder)
        .spool(spoolBytes, SpoolSync.EACH)
        .puts(PutSettings.defaults().requests(3, 20, 1 << 20));
  }

  private static void run(SimulatedProducers world, long millis) {
    boolean[] over = new boolean[1];
    world.simulation.after(millis, () -> over[0] = true);
    while (!over[0]) {
      world.simulation.step();
    }
  }

  private static void runUntilQuiet(SimulatedProducers world, List<Producer> producers) {
    for (int i = 0; i < 1_000; i++) {
      run(world, 1_000);
      if (producers.stream()
          .allMatch(p -> p.status().spooledRecords() == 0 && p.status().waitingRecords() == 0)) {
        run(world, 10_000);
        return;
      }
    }
    throw new AssertionError("Never quiet: " + producers.get(0).status());
  }
}
