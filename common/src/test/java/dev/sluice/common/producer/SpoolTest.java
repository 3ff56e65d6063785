package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.sink.kinesis.StreamEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  static final long LARGE = 100 << 20;
  @TempDir Path folder;
  private int copies;

  @Test
  void givesWhatItWasGivenInItsOrderOverRestarts() throws Exception {
    StreamEntry odd = new StreamEntry(new byte[] {0, -1, 10}, "Zürich \u65e5\ud83d\ude80", "77");
    try (Spool spool = open()) {
      assertThat(spool.hasNext()).isFalse();
      assertThat(spool.append(new SpooledRecord(3, 1, odd))).isTrue();
      assertThat(spool.append(record(2))).isTrue();
      assertThat(spool.append(new SpooledRecord(3, 3, new StreamEntry(new byte[0], "", null))))
          .isTrue();
    }
    try (Spool spool = open()) {
      assertThat(spool.records()).isEqualTo(3);
      SpooledRecord first = spool.next().record;
      assertThat(first.epoch).isEqualTo(3);
      assertThat(first.sequence).isEqualTo(1);
      assertThat(first.entry.data()).isEqualTo(odd.data());
      assertThat(first.entry.partitionKey()).isEqualTo(odd.partitionKey());
      assertThat(first.entry.explicitHashKey()).isEqualTo("77");
      assertThat(spool.next().record.entry.explicitHashKey()).isNull();
      assertThat(spool.next().record.sequence).isEqualTo(3);
      assertThat(spool.hasNext()).isFalse();
    }
  }

  @Test
  void againstAModelWithAnyOrderOfDoneAndRewindsAndRestartsAndKills() throws Exception {
    Random random = new Random(7);
    Spool spool = open();
    List<Long> left = new ArrayList<>();
    Deque<Long> unread = new ArrayDeque<>();
    List<Spooled> given = new ArrayList<>();
    long next = 0;
    for (int step = 0; step < 20_000; step++) {
      int act = random.nextInt(100);
      if (act < 40) {
        assertThat(spool.append(record(next))).isTrue();
        left.add(next);
        unread.add(next++);
      } else if (act < 80 && spool.hasNext()) {
        Spooled read = spool.next();
        assertThat(read.record.sequence).isEqualTo(unread.removeFirst());
        given.add(read);
      } else if (act < 97 && !given.isEmpty()) {
        Spooled done = given.remove(random.nextInt(given.size()));
        spool.done(done);
        left.remove(done.record.sequence);
      } else if (act == 97) {
        spool.rewind();
        given.clear();
        unread = new ArrayDeque<>(left);
      } else if (act == 98 && step % 10 == 0) {
        spool = openedAgain(spool);
        given.clear();
        // Those that were done behind one that was not may come again.
        left = allOf(spool, left);
        unread = new ArrayDeque<>(left);
      } else if (act == 99 && step % 10 == 0) {
        try (Spool copy = Spool.open(copy(), LARGE, SpoolSync.EACH)) {
          allOf(copy, left);
        }
      }
      assertThat(spool.records()).isEqualTo(left.size());
      assertThat(spool.hasNext()).isEqualTo(!unread.isEmpty());
    }
    spool.close();
  }

  private Spool openedAgain(Spool spool) throws IOException {
    spool.close();
    return open();
  }

  private static List<Long> allOf(Spool spool, List<Long> least) throws IOException {
    List<Long> there = readAll(spool);
    assertThat(there).containsAll(least).isSorted();
    spool.rewind();
    return there;
  }

  @Test
  void staysWithinItsBoundAndGetsItsRoomBack() throws Exception {
    try (Spool spool = Spool.open(folder, 200_000, SpoolSync.EACH)) {
      long accepted = 0;
      for (int i = 0; i < 20_000; i++) {
        accepted += spool.append(record(i)) ? 1 : 0;
        assertThat(spool.bytes()).isLessThanOrEqualTo(200_000);
      }
      assertThat(accepted).isBetween(1_000L, 19_000L);
      assertThat(bytesOnDisk()).isLessThanOrEqualTo(200_100);
      assertThat(readAllDone(spool)).hasSize((int) accepted);
      assertThat(spool.bytes()).isZero();
      assertThat(bytesOnDisk()).isLessThan(100);
      assertThat(spool.append(record(1))).isTrue();
    }
  }

  @Test
  void recordsLargerThanAFileGiveTheirRoomBackToo() throws Exception {
    try (Spool spool = Spool.open(folder, 400_000, SpoolSync.EACH)) {
      for (int i = 0; i < 20; i++) {
        boolean large = i % 2 == 1;
        assertThat(spool.append(record(i, large ? 100_000 : 20))).as("record " + i).isTrue();
        assertThat(readAllDone(spool)).containsExactly((long) i);
        assertThat(spool.bytes()).isZero();
      }
    }
  }

  @Test
  void oneProducerHoldsItAtATime() throws Exception {
    try (Spool held = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("holds the spool");
      assertThat(held.append(record(1))).isTrue();
    }
    open().close();
  }

  private Spool open() throws IOException {
    return Spool.open(folder, LARGE, SpoolSync.ROLL);
  }

  static SpooledRecord record(long sequence) {
    return record(sequence, 20);
  }

  static SpooledRecord record(long sequence, int bytes) {
    return new SpooledRecord(1, sequence, new StreamEntry(new byte[bytes], "key", null));
  }

  static List<Long> readAll(Spool spool) throws IOException {
    List<Long> all = new ArrayList<>();
    while (spool.hasNext()) {
      all.add(spool.next().record.sequence);
    }
    return all;
  }

  static List<Long> readAllDone(Spool spool) throws IOException {
    List<Long> all = new ArrayList<>();
    while (spool.hasNext()) {
      Spooled next = spool.next();
      all.add(next.record.sequence);
      spool.done(next);
    }
    return all;
  }

  private long bytesOnDisk() throws IOException {
    List<Path> all = files(folder);
    LongStream.Builder sizes = LongStream.builder();
    for (Path file : all) {
      sizes.add(Files.size(file));
    }
    return sizes.build().sum();
  }

  /** What a process that was killed at this moment leaves. */
  private Path copy() throws IOException {
    Path other = Files.createDirectories(folder.resolve("copy-" + copies++));
    for (Path file : files(folder)) {
      Files.copy(file, other.resolve(file.getFileName()));
    }
    return other;
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".spool")).sorted().collect(Collectors.toList());
    }
  }
}
