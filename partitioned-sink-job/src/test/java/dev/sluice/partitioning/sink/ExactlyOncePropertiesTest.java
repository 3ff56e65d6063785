package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.partitioning.sink.SimulatedSink.Checkpoint;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens between records: each is in one finished object, in that of its partition. */
class ExactlyOncePropertiesTest {
  private final List<String> expected = new ArrayList<>();

  /** Written since the last checkpoint that is complete: a source would send it again. */
  private final List<String[]> replayed = new ArrayList<>();

  private final List<byte[]> uncommitted = new ArrayList<>();
  private Checkpoint complete = new Checkpoint();
  private int subtasks = 1;

  @Property(tries = 12)
  void eachRecordIsInOneObject(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int partitions,
      @ForAll @IntRange(min = 1, max = 3000) int longestRow,
      @ForAll @IntRange(min = 1024, max = 100_000) int bytes)
      throws Exception {
    expected.clear(); // jqwik keeps the instance from try to try
    replayed.clear();
    uncommitted.clear();
    complete = new Checkpoint();
    subtasks = 1;
    Path root = Files.createTempDirectory("exactly-once");
    Random random = new Random(seed);
    try (SimulatedSink sink =
        new SimulatedSink(
            root,
            builder ->
                builder
                    .memory(256 * 1024)
                    .uploadThreads(1 + random.nextInt(4))
                    .limit(1 + random.nextInt(60), OverflowPolicy.CLOSE_OLDEST, "errors/")
                    .buffers(
                        BufferRules.ofBytes(bytes)
                            .records(1 + random.nextInt(500))
                            .age(Duration.ofMillis(500))
                            .inactivity(Duration.ofMillis(200))))) {
      sink.start(subtasks);
      for (int step = 0; step < 40; step++) {
        takeStep(sink, random, partitions, longestRow);
      }
      Checkpoint last = sink.finish();
      uncommitted.addAll(last.committables);
      sink.commit(uncommitted);

      assertThat(last.state).isEmpty();
      FinishedFiles found = sink.files();
      Ledger.of(expected).record(found, line -> line.substring(0, line.indexOf('|'))).assertExact();
      assertThat(found.lines())
          .allSatisfy(
              line -> assertThat(line.file()).startsWith(line.text().split("[|]", -1)[1] + "/"));
    } finally {
      delete(root);
    }
  }

  private void takeStep(SimulatedSink sink, Random random, int partitions, int longestRow)
      throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> sink.time.advance(random.nextInt(400));
      case 1 -> uncommitted.addAll(sink.checkpoint().committables); // declined: never restored
      case 2 -> uncommitted.addAll(completeCheckpoint(sink));
      case 3 -> {
        uncommitted.addAll(completeCheckpoint(sink));
        sink.commit(uncommitted);
        uncommitted.clear();
      }
      case 4 -> crash(sink, random);
      default -> {
        for (int i = random.nextInt(200); i >= 0; i--) {
          write(sink, "p=" + random.nextInt(partitions), random.nextInt(longestRow));
        }
      }
    }
  }

  private void write(SimulatedSink sink, String partition, int length) throws Exception {
    String id = String.valueOf(expected.size());
    String row = id + "|" + partition + "|" + "x".repeat(length);
    expected.add(id);
    replayed.add(new String[] {partition + "/", row});
    sink.write(partition + "/", row);
  }

  private List<byte[]> completeCheckpoint(SimulatedSink sink) throws Exception {
    Checkpoint made = sink.checkpoint();
    complete = new Checkpoint();
    complete.state.addAll(made.state);
    complete.committables.addAll(uncommitted);
    complete.committables.addAll(made.committables);
    replayed.clear();
    return made.committables;
  }

  /** Goes on from the last complete checkpoint, whose commits may have been made or not. */
  private void crash(SimulatedSink sink, Random random) throws Exception {
    if (random.nextBoolean() && !complete.committables.isEmpty()) {
      sink.commit(complete.committables.subList(0, random.nextInt(complete.committables.size())));
    }
    sink.crash();
    subtasks = 1 + random.nextInt(2);
    sink.start(subtasks, complete);
    uncommitted.clear();
    uncommitted.addAll(complete.committables);
    for (String[] record : replayed) {
      sink.write(record[0], record[1]);
    }
  }

  private static void delete(Path root) throws Exception {
    try (Stream<Path> paths = Files.walk(root)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
