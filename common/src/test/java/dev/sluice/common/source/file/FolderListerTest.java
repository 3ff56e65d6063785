package dev.sluice.common.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListerTest {
  private static final ObjectFilter ALL = new ObjectFilter(List.of(), "");

  @TempDir Path folder;

  @BeforeEach
  void putObjects() throws IOException {
    for (String name :
        List.of(
            "a.jpg",
            "b.JPG",
            "c.jpeg",
            "note.txt",
            "noextension",
            ".hidden.jpg",
            "_part.jpg",
            "deep/er/d.jpg",
            "deep/.tmp/e.jpg",
            "_temporary/f.jpg",
            "2026/11/g h.jpg",
            "2026/12/ü%20%.jpg",
            "2026/12/#?[x]&+=.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void findsEverythingBelowTheInputExceptHiddenNames() throws IOException {
    assertThat(list(new ObjectFilter(List.of(), ""), folder))
        .containsExactlyInAnyOrder(
            "a.jpg",
            "b.JPG",
            "c.jpeg",
            "note.txt",
            "noextension",
            "deep/er/d.jpg",
            "2026/11/g h.jpg",
            "2026/12/ü%20%.jpg",
            "2026/12/#?[x]&+=.jpg");
  }

  @Test
  void takesSuffixesInAnyCase() throws IOException {
    assertThat(list(new ObjectFilter(List.of(".Jpg", ".jpeg"), ""), folder))
        .contains("a.jpg", "b.JPG", "c.jpeg", "deep/er/d.jpg")
        .doesNotContain("note.txt", "noextension");
  }

  @Test
  void takesPrefixesThatEndInsideAName() throws IOException {
    assertThat(list(new ObjectFilter(List.of(), "2026/1"), folder)).hasSize(3);
    assertThat(list(new ObjectFilter(List.of(), "2026/12/ü"), folder)).hasSize(1);
    assertThat(list(new ObjectFilter(List.of(), "no"), folder))
        .containsExactlyInAnyOrder("note.txt", "noextension");
    assertThat(list(new ObjectFilter(List.of(), "11"), folder)).isEmpty();
  }

  @Test
  void listsOverlappingInputsAndASingleObjectOnce() throws IOException {
    assertThat(
            list(
                new ObjectFilter(List.of(".jpg"), ""),
                folder.resolve("deep"),
                folder.resolve("deep/er"),
                folder.resolve("deep/er/d.jpg")))
        .containsExactly("deep/er/d.jpg");
  }

  @Test
  void aHiddenInputFolderIsListedWhenItIsNamed() throws IOException {
    assertThat(list(new ObjectFilter(List.of(), ""), folder.resolve("_temporary")))
        .containsExactly("_temporary/f.jpg");
  }

  @Test
  void aMissingInputIsAnErrorUnlessItMayBeMissing() throws IOException {
    Path missing = folder.resolve("missing");
    ObjectFilter all = new ObjectFilter(List.of(), "");

    assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(() -> list(all, missing));
    assertThat(list(new FolderLister(paths(missing, folder.resolve("deep")), all, true)))
        .containsExactly("deep/er/d.jpg");
  }

  @Test
  void linksToFoldersAroundThemAreNotFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve("deep/er/up"), folder.resolve("deep"));
    Files.createSymbolicLink(folder.resolve("deep/er/above"), folder.getParent());
    Files.createSymbolicLink(folder.resolve("deep/er/self"), Path.of("."));

    Listing listing = listing(folder);

    assertThat(listing.objects()).isEqualTo(9);
    assertThat(listing.unlistable()).isZero();
  }

  @Test
  void linksInACircleThroughAnotherFolderEnd(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("o.jpg"), "o");
    Files.createSymbolicLink(folder.resolve("deep/other"), other);
    Files.createSymbolicLink(other.resolve("back"), folder.resolve("deep"));

    Listing listing = listing(folder.resolve("deep"));

    assertThat(uris(listing))
        .containsExactlyInAnyOrder(
            "file:" + folder + "/deep/er/d.jpg", "file:" + folder + "/deep/other/o.jpg");
  }

  @Test
  void linksToFilesAndToFoldersElsewhereAreFollowed(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("o.jpg"), "o");
    Files.createSymbolicLink(folder.resolve("deep/folder"), other);
    Files.createSymbolicLink(folder.resolve("deep/file.jpg"), other.resolve("o.jpg"));

    assertThat(uris(listing(folder.resolve("deep"))))
        .containsExactlyInAnyOrder(
            "file:" + folder + "/deep/er/d.jpg",
            "file:" + folder + "/deep/folder/o.jpg",
            "file:" + folder + "/deep/file.jpg");
  }

  @Test
  void aDanglingLinkIsCountedAndTheRestIsListed() throws IOException {
    Files.createSymbolicLink(folder.resolve("deep/er/lost.jpg"), folder.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("deep/er/.#lock"), folder.resolve("nowhere"));

    for (boolean mayBeMissing : new boolean[] {false, true}) {
      Listing listing = newListing();
      new FolderLister(paths(folder), ALL, mayBeMissing).listInto(listing);

      assertThat(listing.objects()).isEqualTo(9);
      assertThat(listing.unlistable()).isEqualTo(1);
      assertThat(listing.firstUnlistable()).isEqualTo(folder + "/deep/er/lost.jpg");
    }
  }

  @Test
  void aNameThatIsNoTextIsCountedAndTheRestIsListed() throws Exception {
    Process touch =
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'deep/no\\377text.jpg')\"")
            .directory(folder.toFile())
            .start();
    assertThat(touch.waitFor()).isZero();

    Listing listing = listing(folder);

    assertThat(listing.objects()).isEqualTo(9);
    assertThat(listing.unlistable()).isEqualTo(1);
  }

  @Test
  void namesWithColonsAndBackslashesAreListedAndRead() throws IOException {
    for (String name : List.of("12:30.jpg", "s3:x", "back\\slash.jpg", "a:b/c.jpg")) {
      Path file = folder.resolve("odd").resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "odd/" + name);
    }

    Listing listing = listing(folder.resolve("odd"));

    assertThat(listing.unlistable()).isZero();
    assertThat(list(ALL, folder.resolve("odd")))
        .containsExactlyInAnyOrder(
            "odd/12:30.jpg", "odd/s3:x", "odd/back\\slash.jpg", "odd/a:b/c.jpg");
    for (ObjectVersion version : listing.candidates()) {
      assertThat(read(version)).startsWith("odd/");
    }
  }

  /** Objects in checkpoints of earlier versions are known by these. */
  @Test
  void identitiesAreThoseOfFlinksOwnLocalFiles() throws IOException {
    Path file = folder.resolve("2026/12/ü%20%.jpg");
    org.apache.flink.core.fs.Path path = paths(file).get(0);
    FileStatus status = path.getFileSystem().getFileStatus(path);

    Listing listing = newListing();
    new FolderLister(List.of(path), ALL, false).listInto(listing);

    assertThat(listing.candidates())
        .containsExactly(
            new ObjectVersion(
                status.getModificationTime(),
                status.getPath().toUri().toString(),
                status.getLen()));
  }

  @Test
  void anInputThatIsADanglingLinkDoesNotExist() throws IOException {
    Path lost = Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("nowhere"));

    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> listing(lost))
        .withMessageContaining("'" + lost + "'");
  }

  @Test
  void keepsTheFirstNewObjectsAndCountsAll() throws IOException {
    Listing listing = new Listing(version -> true, 3, Long.MIN_VALUE, Long.MIN_VALUE);
    new FolderLister(paths(folder), new ObjectFilter(List.of(), ""), false).listInto(listing);

    assertThat(listing.candidates()).hasSize(3);
    assertThat(listing.truncated()).isTrue();
    assertThat(listing.objects()).isEqualTo(9);
    assertThat(listing.greatest()).isGreaterThan(listing.candidates().last());
  }

  private static Listing newListing() {
    return new Listing(version -> true, 1000, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  private static Listing listing(Path input) throws IOException {
    Listing listing = newListing();
    new FolderLister(paths(input), ALL, false).listInto(listing);
    return listing;
  }

  private static List<String> uris(Listing listing) {
    return listing.candidates().stream().map(ObjectVersion::uri).toList();
  }

  private static String read(ObjectVersion version) throws IOException {
    ReadMetrics metrics = new ReadMetrics(UnregisteredMetricsGroup.createOperatorMetricGroup());
    return new String(
        new ObjectRead(version.toSplit(), 1000, false, metrics).read().orElseThrow().bytes, UTF_8);
  }

  private List<String> list(ObjectFilter filter, Path... inputs) throws IOException {
    return list(new FolderLister(paths(inputs), filter, false));
  }

  /** Relative names of what is found, read back through the paths of the splits. */
  private List<String> list(FolderLister lister) throws IOException {
    Listing listing = new Listing(version -> true, 1000, Long.MIN_VALUE, Long.MIN_VALUE);
    lister.listInto(listing);
    List<String> names = new ArrayList<>();
    for (ObjectVersion version : listing.candidates()) {
      Path file = Path.of(version.toSplit().path().getPath());
      assertThat(file).hasContent(folder.relativize(file).toString());
      names.add(folder.relativize(file).toString());
    }
    return names;
  }

  private static List<org.apache.flink.core.fs.Path> paths(Path... paths) {
    return Stream.of(paths).map(path -> new org.apache.flink.core.fs.Path(path.toUri())).toList();
  }
}
