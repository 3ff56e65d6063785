package dev.sluice.common.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A local folder of objects, and the ledger of what was put into it. */
final class Photos {
  private final Path folder;
  private final Map<String, String> latest = new TreeMap<>();
  private long now = 1_700_000_000_000L;

  Photos(Path folder) {
    this.folder = folder;
  }

  /** Visible at once and as a whole; each version has a time and a size of its own. */
  void put(String name, String content) throws IOException {
    now += 1000;
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Path hidden = folder.resolve("_upload");
    Files.writeString(hidden, content);
    Files.setLastModifiedTime(hidden, FileTime.fromMillis(now));
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    latest.put(name, line(file.toString(), now, content.getBytes(UTF_8)));
  }

  void putMany(String prefix, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      put(String.format("%s/%04d.jpg", prefix, i), prefix + i);
    }
  }

  org.apache.flink.core.fs.Path path() {
    return new org.apache.flink.core.fs.Path(folder.toUri());
  }

  /** One line for the last version of each object. */
  List<String> expected() {
    return List.copyOf(latest.values());
  }

  static List<String> lines(List<FileObject> objects) {
    return objects.stream()
        .map(
            object ->
                line(
                    new org.apache.flink.core.fs.Path(object.path).getPath(),
                    object.modificationTime,
                    object.bytes))
        .collect(Collectors.toList());
  }

  private static String line(String path, long modificationTime, byte[] bytes) {
    return path + " " + modificationTime + " " + new String(bytes, UTF_8);
  }
}
