package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListerTest {
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
  void aLinkToAParentFolderEndsInAnErrorAndNotInALoop() throws IOException {
    Files.createSymbolicLink(folder.resolve("deep/er/up"), folder.resolve("deep"));

    assertThatIOException().isThrownBy(() -> list(new ObjectFilter(List.of(), ""), folder));
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
