package dev.sluice.common.producer;

import static dev.sluice.common.producer.SpoolTest.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are cut short or damaged, and disks that fail. */
class SpoolDamageTest {
  @TempDir Path folder;
  private int copies;

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
      Files.write(other.resolve(file.getFileName()), Arrays.copyOf(whole, length));
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

  @Test
  void aFileThatCannotBeForcedKeepsNoOtherOneFromItsDiskAtTheEnd() throws Exception {
    boolean[] broken = {true};
    int[] forced = {0};
    SpoolDisk disk =
        channel -> {
          if (broken[0]) {
            throw new IOException("Input/output error");
          }
          channel.force(false);
          forced[0]++;
        };
    Spool spool = Spool.open(folder, LARGE, SpoolSync.EACH, disk);
    assertThat(spool.append(record(1))).isTrue();
    assertThatThrownBy(spool::force).hasMessageContaining("Input/output error");
    broken[0] = false;
    assertThat(spool.append(record(2))).isTrue();

    assertThatThrownBy(spool::close).hasMessageContaining("could not be forced before");

    assertThat(forced[0]).as("the second file").isEqualTo(1);
    Spool.open(folder, LARGE, SpoolSync.EACH).close();
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

  private Spool open() throws IOException {
    return Spool.open(folder, LARGE, SpoolSync.ROLL);
  }

  /** What a process that was killed at this moment leaves. */
  private Path copy() throws IOException {
    Path other = Files.createDirectories(folder.resolve("copy-" + copies++));
    for (Path file : files(folder)) {
      Files.copy(file, other.resolve(file.getFileName()));
    }
    return other;
  }
}
