package dev.sluice.images.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveExtractorTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectories(temp.resolve("around").resolve("target"));
  }

  @Test
  void knowsArchivesByTheirEnding() {
    assertThat(Stream.of("a.zip", "b.tar.gz", "c.tgz")).allMatch(ArchiveExtractor::isArchive);
    assertThat(Stream.of("a", "b.tar", "c.pt", "zip")).noneMatch(ArchiveExtractor::isArchive);
  }

  @Test
  void unpacksFilesAndFolders() throws Exception {
    extract(Archives.zip(temp.resolve("a.zip"), "m/a.txt", "text", "m/deep/er/b", ""));
    extract(Archives.tarball().file("n/c.txt", TEXT).writeTo(temp.resolve("a.tgz")));

    assertThat(target.resolve("m/a.txt")).hasContent("text");
    assertThat(target.resolve("m/deep/er/b")).isEmptyFile();
    assertThat(target.resolve("n/c.txt")).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "a/../../evil", "/etc/evil", "a/b/../../../evil", "../target2"})
  void letsNoEntryLeaveTheFolder(String name) throws Exception {
    Path zip = Archives.zip(temp.resolve("a.zip"), name, "text");
    Path tar = Archives.tarball().file(name, TEXT).writeTo(temp.resolve("a.tar.gz"));

    assertRefused(zip, "outside of the archive");
    assertRefused(tar, "outside of the archive");
  }

  @Test
  void unpacksNoLinksAndNoDevices() throws Exception {
    Path symbolic =
        Archives.tarball().link("l", "/etc/passwd", true).writeTo(temp.resolve("a.tar.gz"));
    Path through =
        Archives.tarball()
            .link("l", "..", true)
            .file("l/evil", TEXT)
            .writeTo(temp.resolve("b.tar.gz"));
    Path hard =
        Archives.tarball().link("l", "/etc/passwd", false).writeTo(temp.resolve("c.tar.gz"));
    Path pipe =
        Archives.tarball().special("p", "", TarConstants.LF_FIFO).writeTo(temp.resolve("d.tar.gz"));

    for (Path archive : new Path[] {symbolic, through, hard, pipe}) {
      assertRefused(archive, "neither file nor folder");
    }
  }

  @Test
  void countsEntries() throws Exception {
    String[] four = {"a", "", "b", "", "c", "", "d", ""};
    Path zip = Archives.zip(temp.resolve("a.zip"), four);

    new ArchiveExtractor(4, 1_000, 100).extract(zip, target);
    assertThatThrownBy(() -> new ArchiveExtractor(3, 1_000, 100).extract(zip, target))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("Model archive has more than 3 entries");
  }

  @Test
  void countsUnpackedBytesOfAllEntriesTogether() throws Exception {
    Path zip = Archives.zip(temp.resolve("a.zip"), "a", "12345", "b", "12345");

    new ArchiveExtractor(9, 10, 100).extract(zip, target);
    assertThatThrownBy(() -> new ArchiveExtractor(9, 9, 100).extract(zip, target))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("Model archive has more than 9 bytes, unpacked");
    assertThat(Files.size(target.resolve("b"))).isLessThanOrEqualTo(5);
  }

  @Test
  void refusesBombs() throws Exception {
    byte[] zeros = new byte[40 << 20];
    Path tar = Archives.tarball().file("zeros", zeros).writeTo(temp.resolve("a.tar.gz"));
    assertThat(Files.size(tar)).isLessThan(100_000); // some 400 to 1

    assertRefused(tar, "bytes, unpacked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.zip", "a.tar.gz", "a.tgz"})
  void refusesWhatIsNoArchive(String name) throws Exception {
    for (byte[] content : new byte[][] {{}, TEXT, new byte[2_000]}) {
      Path file = Files.write(temp.resolve(name), content);

      assertThatThrownBy(() -> extract(file)).isInstanceOf(InvalidModelException.class);
    }
  }

  @Test
  void refusesArchivesThatAreCut() throws Exception {
    Path folder = DjlTranslator.model("resnet18-shapes");
    Path zip = Archives.zipOf(folder, "", temp.resolve("a.zip"));
    Path tar = Archives.tarballOf(folder, "", temp.resolve("a.tar.gz"));

    for (Path whole : new Path[] {zip, tar}) {
      byte[] bytes = Files.readAllBytes(whole);
      for (int part = 1; part < 8; part++) {
        Path cut = temp.resolve("cut-" + part + "-" + whole.getFileName());
        Files.write(cut, Arrays.copyOf(bytes, bytes.length * part / 8));

        assertThatThrownBy(() -> extract(cut)).isInstanceOf(InvalidModelException.class);
      }
    }
  }

  private void extract(Path archive) throws IOException {
    ArchiveExtractor.STANDARD.extract(archive, target);
  }

  private void assertRefused(Path archive, String why) throws IOException {
    assertThatThrownBy(() -> extract(archive))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(why);
    try (Stream<Path> around = Files.list(target.getParent())) {
      assertThat(around).containsExactly(target);
    }
    assertThat(temp.resolve("evil")).doesNotExist();
  }
}
