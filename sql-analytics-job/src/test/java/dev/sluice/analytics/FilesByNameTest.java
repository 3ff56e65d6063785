package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;

class FilesByNameTest {
  @Test
  void handsFilesOutByPathAlsoThoseThatComeBack() {
    FilesByName files = new FilesByName(List.of(file("b/1"), file("a/9"), file("b/0")));

    assertThat(files.getNext(null)).map(FileSourceSplit::path).contains(new Path("/a/9"));
    files.addSplits(List.of(file("a/9")));

    FilesByName restored = new FilesByName(files.remainingSplits());
    assertThat(rest(restored)).containsExactly("/a/9", "/b/0", "/b/1");
    assertThat(restored.getNext(null)).isEmpty();
  }

  private static List<String> rest(FilesByName files) {
    List<String> paths = new ArrayList<>();
    for (var next = files.getNext(null); next.isPresent(); next = files.getNext(null)) {
      paths.add(next.get().path().toString());
    }
    return paths;
  }

  private static FileSourceSplit file(String name) {
    return new FileSourceSplit(name, new Path("/" + name), 0, 10, 0, 10);
  }
}
