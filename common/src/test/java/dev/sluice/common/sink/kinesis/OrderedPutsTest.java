package dev.sluice.common.sink.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.record.KplAggregate;
import dev.sluice.common.record.RecordSplitter;
import dev.sluice.common.sink.kinesis.FakeStream.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedPutsTest {
  private static final PutSettings SMALL =
      PutSettings.defaults().requests(4, 20, 4_000).bufferBytes(50_000).queuedPerKey(16);

  @Property(tries = 300)
  void keepsTheOrderOfEachKeyAndLosesNothingWhateverFails(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int keys,
      @ForAll @DoubleRange(min = 0, max = 0.5) double entryFails,
      @ForAll @DoubleRange(min = 0, max = 0.2) double requestFails,
      @ForAll @DoubleRange(min = 0, max = 0.2) double answerLost,
      @ForAll @IntRange(max = 3) int kills)
      throws Exception {
    Weather weather =
        new Weather(entryFails, requestFails, answerLost, answerLost, Double.POSITIVE_INFINITY);
    List<StreamEntry> input = input(400, keys, seed);
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, seed, weather);

    SimulatedTask task =
        new SimulatedTask(simulation, stream, input, Writer.ordered(SMALL), seed).run(0.01, kills);

    assertThat(SimulatedTask.firstCopies(stream.stored)).isEqualTo(byKey(input));
    assertThat(task.acknowledged).hasSize(input.size());
    assertThat(task.refused).isEmpty();
  }

  /** The property above has its failures drawn; these are the shares that others are held to. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.25, 0.9})
  void keepsTheOrderOfAHotKeyAndOfOthersWhicheverShareFails(double share) throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      List<StreamEntry> input = input(300, 20, seed);
      for (int i = 0; i < 300; i += 2) {
        input.set(i, entry("hot", FakeStream.text(input.get(i))));
      }
      Simulation simulation = new Simulation();
      FakeStream stream = new FakeStream(simulation, seed, Weather.FAIR.entriesFail(share));

      SimulatedTask task =
          new SimulatedTask(simulation, stream, input, Writer.ordered(SMALL), seed).run(0.01, 2);

      assertThat(SimulatedTask.firstCopies(stream.stored)).isEqualTo(byKey(input));
      assertThat(task.acknowledged).hasSize(300);
      assertThat(stream.attempts).isGreaterThan((int) (300 / (1 - share) * 0.8));
    }
  }

  /** A server that stands still: requests are given up, and land when it goes on. */
  @Test
  void keepsTheOrderOverAStallOfTheStreamForMinutes() throws Exception {
    for (int seed = 0; seed < 10; seed++) {
      List<StreamEntry> input = input(400, 20, seed);
      Simulation simulation = new Simulation();
      FakeStream stream = new FakeStream(simulation, seed, Weather.FAIR);
      simulation.after(200, () -> stream.stallUntil(simulation.now() + 360_000, 10_000));
      long start = simulation.now();

      SimulatedTask task =
          new SimulatedTask(simulation, stream, input, Writer.ordered(SMALL), seed).run(0.01, 1);

      assertThat(SimulatedTask.firstCopies(stream.stored)).isEqualTo(byKey(input));
      assertThat(task.acknowledged).hasSize(400);
      assertThat(simulation.now() - start).isBetween(360_000L, 400_000L);
      assertThat(stream.stored).as("what landed late").hasSizeGreaterThan(400);
    }
  }

  @Property(tries = 200)
  void keepsTheOrderWithinAggregatesToo(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int keys,
      @ForAll @DoubleRange(min = 0, max = 0.4) double entryFails,
      @ForAll @DoubleRange(min = 0, max = 0.2) double answerLost,
      @ForAll @IntRange(max = 2) int kills)
      throws Exception {
    Weather weather = new Weather(entryFails, 0.1, answerLost, 0.1, Double.POSITIVE_INFINITY);
    List<StreamEntry> input = input(400, keys, seed);
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, seed, weather);
    PutSettings packing = SMALL.packing(Packing.AGGREGATE, 300);

    new SimulatedTask(simulation, stream, input, Writer.ordered(packing), seed).run(0.01, kills);

    assertThat(SimulatedTask.firstCopies(takenApart(stream.stored))).isEqualTo(byKey(input));
    assertThat(stream.stored).allMatch(entry -> entry.data().length <= 300);
  }

  @Test
  void theSameWeatherBreaksTheOrderOfAWriterThatDoesNotWait() throws Exception {
    int broken = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<StreamEntry> input = input(400, 10, seed);
      Simulation simulation = new Simulation();
      FakeStream stream = new FakeStream(simulation, seed, Weather.FAIR.entriesFail(0.01));

      new SimulatedTask(simulation, stream, input, UnorderedWriter::new, seed).run(0.01, 0);

      Map<String, List<String>> found = SimulatedTask.firstCopies(stream.stored);
      assertThat(found.values().stream().mapToInt(List::size).sum()).isEqualTo(400);
      broken += found.equals(byKey(input)) ? 0 : 1;
    }
    assertThat(broken).isEqualTo(20);
  }

  @Test
  void makesARefusedRecordADeadLetterAndGoesOnWithItsKey() throws Exception {
    List<StreamEntry> input = new ArrayList<>();
    for (String text : List.of("a0", "poison1", "a2", "b3", "poison4", "b5")) {
      input.add(entry(text.contains("b") || text.equals("poison4") ? "b" : "a", text));
    }
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, 1, Weather.FAIR);

    SimulatedTask task =
        new SimulatedTask(simulation, stream, input, Writer.ordered(SMALL), 1).run(0.01, 0);

    assertThat(task.refused).containsExactlyInAnyOrder(1, 4);
    assertThat(SimulatedTask.firstCopies(stream.stored))
        .isEqualTo(Map.of("a", List.of("a0", "a2"), "b", List.of("b3", "b5")));
  }

  @Test
  void takesARefusedAggregateApart() throws Exception {
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      input.add(entry("a", i == 30 ? "poison30" : "a" + i));
    }
    Simulation simulation = new Simulation();
    FakeStream inner = new FakeStream(simulation, 1, Weather.FAIR);
    StreamClient refusing = new RefusesAggregatesWithPoison(inner);
    Writer.Maker maker = Writer.ordered(SMALL.packing(Packing.AGGREGATE, 4_000));

    SimulatedTask task = new SimulatedTask(simulation, refusing, input, maker, 1).run(0, 0);

    assertThat(task.refused).containsExactly(30);
    assertThat(SimulatedTask.firstCopies(takenApart(inner.stored)).get("a")).hasSize(49);
  }

  @Test
  void findsTheOneRecordForWhichTheServiceRefusesAWholeRequest() throws Exception {
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      input.add(entry("k" + i, i == 17 ? "poison" : "fine"));
    }
    Simulation simulation = new Simulation();
    FakeStream inner = new FakeStream(simulation, 1, Weather.FAIR);
    StreamClient refusing = new RefusesAggregatesWithPoison(inner);

    SimulatedTask task =
        new SimulatedTask(simulation, refusing, input, Writer.ordered(SMALL), 1).run(0, 0);

    assertThat(task.refused).containsExactly(17);
    assertThat(inner.stored).hasSize(39);
  }

  @Test
  void failsTheTaskWhenTheStreamRefusesEverything() {
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      input.add(entry("k" + i, "poison"));
    }
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, 1, Weather.FAIR);
    SimulatedTask task = new SimulatedTask(simulation, stream, input, Writer.ordered(SMALL), 1);

    assertThatThrownBy(() -> task.run(0, 0))
        .isInstanceOf(PutFailedException.class)
        .hasMessageContaining("refuses every record");
    assertThat(task.refused).hasSizeLessThan(100);
  }

  @Test
  void sendsLittleThatIsThrottledWhenTheStreamTakesATenth() throws Exception {
    List<StreamEntry> input = input(20_000, 1_000, 5);
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, 5, Weather.FAIR.throttledAbove(1_000));
    PutSettings settings =
        PutSettings.defaults().pauses(Duration.ofMillis(50), Duration.ofSeconds(1));
    long start = simulation.now();

    new SimulatedTask(simulation, stream, input, Writer.ordered(settings), 5).eager().run(0, 0);

    long seconds = (simulation.now() - start) / 1000;
    assertThat(seconds).isBetween(19L, 24L);
    assertThat(stream.throttled).isLessThan(20_000);
    assertThat(SimulatedTask.firstCopies(stream.stored)).isEqualTo(byKey(input));
  }

  @Test
  void aHotKeyDoesNotHoldUpTheOthers() throws Exception {
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      input.add(entry("hot", "hot" + i));
    }
    for (int i = 0; i < 500; i++) {
      input.add(entry("cold" + i, "c"));
    }
    Simulation simulation = new Simulation();
    FakeStream stream = new FakeStream(simulation, 3, Weather.FAIR);

    new SimulatedTask(simulation, stream, input, Writer.ordered(PutSettings.defaults()), 3)
        .eager()
        .run(0, 0);

    int lastCold = -1;
    for (int i = 0; i < stream.stored.size(); i++) {
      lastCold = stream.stored.get(i).partitionKey().equals("hot") ? lastCold : i;
    }
    long hotBefore =
        stream.stored.subList(0, lastCold).stream()
            .filter(entry -> entry.partitionKey().equals("hot"))
            .count();
    assertThat(hotBefore).isLessThan(20);
  }

  static StreamEntry entry(String key, String text) {
    return new StreamEntry(text.getBytes(StandardCharsets.UTF_8), key, null);
  }

  private static List<StreamEntry> input(int records, int keys, long seed) {
    Random random = new Random(seed);
    List<StreamEntry> input = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      input.add(entry("schlüssel-" + random.nextInt(keys), "r" + i));
    }
    return input;
  }

  private static Map<String, List<String>> byKey(List<StreamEntry> input) {
    return input.stream()
        .collect(
            Collectors.groupingBy(
                StreamEntry::partitionKey,
                Collectors.mapping(FakeStream::text, Collectors.toList())));
  }

  private static List<StreamEntry> takenApart(List<StreamEntry> stored) throws Exception {
    List<StreamEntry> records = new ArrayList<>();
    for (StreamEntry entry : stored) {
      new KplAggregate()
          .split(
              entry.data(),
              new RecordSplitter.Pieces() {
                @Override
                public void piece(byte[] data) {
                  records.add(new StreamEntry(data, entry.partitionKey(), null));
                }

                @Override
                public void broken(byte[] data, String why) {
                  throw new AssertionError(why);
                }
              });
    }
    return records;
  }
}
