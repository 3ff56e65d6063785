package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.sink.kinesis.StreamEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final long LARGE = 100 << 20;
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
  void aTailThatWasCutAtAnyByteLosesNoWholeRecordAndIsKeptForPeople() throws Exception {
    try (Spool spool = open()) {
      spool.append(record(1));
      spool.append(record(2));
      spool.append(record(3));
    }
    Path file = files(folder).get(0);
    byte[] whole = Files.readAllBytes(file);
    int frame = whole.length / 3;
    for (int length = 0; length <= whole.length; length++) {
      Path other = copy();
      Files.write(other.resolve(file.getFileName()), java.util.Arrays.copyOf(whole, length));
      Files.deleteIfExists(other.resolve("head"));
      try (Spool spool = Spool.open(other, LARGE, SpoolSync.EACH)) {
        assertThat(readAll(spool)).hasSize(length / frame);
        assertThat(spool.append(record(9))).isTrue();
        assertThat(readAll(spool)).containsExactly(9L);
      }
      Path cut = other.resolve(file.getFileName() + ".cut");
      assertThat(Files.exists(cut)).isEqualTo(length % frame != 0);
      assertThat(Files.exists(cut) ? Files.size(cut) : 0).isEqualTo(length % frame);
    }
  }

  @Test
  void everyFlippedByteIsFound() throws Exception {
    try (Spool spool = open()) {
      spool.append(record(1));
      spool.append(record(2));
    }
    Path file = files(folder).get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      Path other = copy();
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      Files.write(other.resolve(file.getFileName()), damaged);
      Files.deleteIfExists(other.resolve("head"));
      try (Spool spool = Spool.open(other, LARGE, SpoolSync.EACH)) {
        assertThat(readAll(spool)).hasSize(at < whole.length / 2 ? 0 : 1);
      }
    }
  }

  /** The file is cut, written on, and cut again: the bytes of both cuts are there. */
  @Test
  void aSecondCutKeepsTheBytesOfTheFirst() throws Exception {
    List<byte[]> cuts = new ArrayList<>();
    for (int cut = 0; cut < 3; cut++) {
      try (Spool spool = open()) {
        spool.append(record(cut, 20 + cut));
        spool.append(record(9, 20 + cut));
      }
      Path file = files(folder).get(0);
      byte[] bytes = Files.readAllBytes(file);
      int frame = record(9, 20 + cut).frameBytes();
      bytes[bytes.length - frame / 2] ^= 1;
      Files.write(file, bytes);
      Files.deleteIfExists(folder.resolve("head"));
      cuts.add(Arrays.copyOfRange(bytes, bytes.length - frame, bytes.length));
      try (Logged log = Logged.by(SpoolSegment.class);
          Spool spool = open()) {
        assertThat(spool.records()).isEqualTo(cut + 1);
        assertThat(log.lines())
            .singleElement()
            .asString()
            .startsWith("ERROR No whole record at byte " + (bytes.length - frame) + " of")
            .contains(
                "the " + frame + " bytes from there on are kept in", ".cut", "keep that file");
      }
    }

    String name = files(folder).get(0).toString();
    assertThat(files(folder)).hasSize(1);
    assertThat(Path.of(name + ".cut")).hasBinaryContent(cuts.get(0));
    assertThat(Path.of(name + ".cut-2")).hasBinaryContent(cuts.get(1));
    assertThat(Path.of(name + ".cut-3")).hasBinaryContent(cuts.get(2));
  }

  @Test
  void damageBeforeTheLastFileIsAnErrorThatNamesThePlace() throws Exception {
    try (Spool spool = Spool.open(folder, 1 << 20, SpoolSync.ROLL)) {
      for (int i = 0; i < 3_000; i++) {
        spool.append(record(i));
      }
    }
    Path first = files(folder).get(0);
    assertThat(files(folder)).hasSizeGreaterThan(1);
    byte[] bytes = Files.readAllBytes(first);
    bytes[bytes.length - 1] ^= 1;
    Files.write(first, bytes);

    assertThatThrownBy(() -> Spool.open(folder, 1 << 20, SpoolSync.EACH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged at byte")
        .hasMessageContaining(first.toString());
    Files.delete(first);
    Spool.open(folder, 1 << 20, SpoolSync.EACH).close();
  }

  /** The disk fails once, when a file is full; after that each force says that all is well. */
  @Test
  void whatAFullFileCouldNotForceIsNotCountedAsForced() throws Exception {
    Set<String> failures = new HashSet<>();
    boolean[] broken = {false};
    SpoolDisk disk =
        channel -> {
          if (broken[0]) {
            broken[0] = false;
            throw new IOException("Input/output error");
          }
          channel.force(false);
        };
    for (SpoolSync sync : SpoolSync.values()) {
      Path other = Files.createDirectories(folder.resolve(sync.name()));
      try (Spool spool = Spool.open(other, 1 << 20, sync, disk)) {
        spool.append(record(0));
        spool.force();
        broken[0] = true;
        long next = 1;
        while (broken[0]) {
          assertThat(spool.append(record(next++))).isTrue();
        }
        assertThatThrownBy(spool::force).hasRootCauseMessage("Input/output error");
        failures.add(sync.name());

        assertThat(spool.append(record(next++))).isTrue();
        spool.force();
        assertThat(readAllDone(spool)).hasSize((int) next);
      }
    }
    assertThat(failures).containsExactlyInAnyOrder("EACH", "ROLL");
  }

  /** Behind a hole that the disk has left nothing would be found again. */
  @Test
  void writesNothingBehindBytesThatCouldNotBeForced() throws Exception {
    boolean[] broken = {true};
    SpoolDisk disk =
        channel -> {
          if (broken[0]) {
            throw new IOException("Input/output error");
          }
          channel.force(false);
        };
    try (Spool spool = Spool.open(folder, LARGE, SpoolSync.EACH, disk)) {
      assertThat(spool.append(record(1))).isTrue();
      assertThatThrownBy(spool::force).hasMessageContaining("Input/output error");
      broken[0] = false;
      assertThat(spool.append(record(2))).isTrue();
      spool.force();

      assertThat(files(folder)).hasSize(2);
      Path doubtful = Files.createDirectories(folder.resolve("after"));
      Path second = files(folder).get(1);
      Files.copy(second, doubtful.resolve(second.getFileName()));
      try (Spool after = Spool.open(doubtful, LARGE, SpoolSync.EACH)) {
        assertThat(readAll(after)).containsExactly(2L);
      }
      assertThat(readAllDone(spool)).containsExactly(1L, 2L);
      assertThat(spool.hasNext()).isFalse();
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

  private static SpooledRecord record(long sequence) {
    return record(sequence, 20);
  }

  private static SpooledRecord record(long sequence, int bytes) {
    return new SpooledRecord(1, sequence, new StreamEntry(new byte[bytes], "key", null));
  }

  private static List<Long> readAll(Spool spool) throws IOException {
    List<Long> all = new ArrayList<>();
    while (spool.hasNext()) {
      all.add(spool.next().record.sequence);
    }
    return all;
  }

  private static List<Long> readAllDone(Spool spool) throws IOException {
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

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".spool")).sorted().collect(Collectors.toList());
    }
  }
}
