package dev.sluice.partitioning.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.report.Markup;
import dev.sluice.partitioning.format.Compression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SinkContentsTest {
  @TempDir Path path;
  private SinkFolder folder;

  @BeforeEach
  void create() {
    folder = new SinkFolder(path);
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "HADOOP_SNAPPY")
  void countsRecordsHoweverTheyAreCompressed(Compression compression) throws Exception {
    folder.object("a/", compression, 10_000).object("a/", compression, 1);

    assertThat(SinkContents.read(folder.run()).records).isEqualTo(10_001);
  }

  @Test
  void doesNotGuessRecordsOfWhatItCannotRead() throws Exception {
    folder.object("a/", 1).object("b/", Compression.HADOOP_SNAPPY, 1);

    SinkContents contents = SinkContents.read(folder.run().counted(7, Map.of()));

    assertThat(contents.records).isEqualTo(-1);
    assertThat(contents.objects).isEqualTo(2);
    assertThat(contents.largest()).extracting(partition -> partition.records).contains(1L, -1L);
  }

  @Test
  void lastLineNeedsNoEnd() throws Exception {
    folder.write("a/" + folder.name(""), "{}\n{}".getBytes(StandardCharsets.UTF_8));

    assertThat(SinkContents.read(folder.run()).records).isEqualTo(2);
  }

  @Test
  void doesNotCountLinesWhereARecordIsNotALine() throws Exception {
    folder.object("a/", 3);

    assertThat(SinkContents.read(folder.run().withLines(false)).records).isEqualTo(-1);
  }

  @Test
  void passesOverWhatIsUnfinishedOrNotTheJobs() throws Exception {
    folder
        .object("a/", 1)
        .write("a/." + folder.name(".inprogress"), new byte[10])
        .write("a/_" + folder.name(""), new byte[10])
        .write("_temporary/" + folder.name(""), new byte[10])
        .write("a/readme.txt", new byte[10])
        .write("report.html", new byte[10]);

    SinkContents contents = SinkContents.read(folder.run());

    assertThat(contents.objects).isOne();
    assertThat(contents.bytes).isEqualTo(10);
  }

  @Test
  void prefixThatEndsInTheMiddleOfANameIsAPartitionOfItsOwn() throws Exception {
    folder.object("a/x-", 1).object("a/x-", 1).object("a/y-", 1).object("", 1);

    SinkContents contents = SinkContents.read(folder.run());

    assertThat(contents.largest())
        .extracting(partition -> partition.prefix)
        .containsExactly("a/x-", "", "a/y-");
  }

  @Test
  void olderObjectsAreNotOfThisRun() throws Exception {
    folder.object("a/", 1);
    String old = "a/" + folder.name("");
    folder.write(old, "{}\n".getBytes(StandardCharsets.UTF_8));
    Instant start = Instant.now();
    Files.setLastModifiedTime(path.resolve(old), FileTime.from(start.minusSeconds(5)));

    SinkContents contents = SinkContents.read(folder.run().since(start.minusSeconds(2)));

    assertThat(contents.objects).isOne();
    assertThat(contents.older).isOne();
  }

  @Test
  void dataBelowWhatCouldBeAnErrorPrefixIsData() throws Exception {
    folder
        .deadLetter("no-key", "events.jsonl/1", "{}")
        .object(SinkFolder.ERRORS, 4)
        .object("errors/", 1);

    SinkContents contents = SinkContents.read(folder.run());

    assertThat(contents.deadLetters.total()).isOne();
    assertThat(contents.errorObjects).isOne();
    assertThat(contents.records).isEqualTo(5);
  }

  @Test
  void brokenObjectOfDeadLettersIsNamed() throws Exception {
    folder.deadLetter("no-key", "events.jsonl/1", "{}");
    Path object;
    try (var files = Files.list(path.resolve(SinkFolder.ERRORS))) {
      object = files.findFirst().orElseThrow();
    }
    Files.writeString(object, Files.readString(object) + "\n{broken");

    assertThatThrownBy(() -> SinkContents.read(folder.run()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(object.getFileName().toString());
  }

  @Test
  void sizesAreInClassesWithTheirBounds() {
    ObjectSizes sizes = new ObjectSizes();
    for (long bytes : new long[] {199, 200, 499, 500, 999, 1_000, 2_000_000}) {
      sizes.add(bytes);
    }

    assertThat(html(sizes))
        .contains(
            "Histogram of object sizes: 100–200 B: 1; 200–500 B: 2; 0.5–1 kB: 2; 1–2 kB: 1;"
                + " 2–5 MB: 1");
  }

  private static String html(ObjectSizes sizes) {
    Markup html = new Markup();
    sizes.chart().write(html);
    return html.finish();
  }
}
