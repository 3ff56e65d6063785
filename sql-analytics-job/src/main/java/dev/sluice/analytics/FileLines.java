package dev.sluice.analytics;

import dev.sluice.common.record.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Lines of a small file, which each subtask has in memory; blank ones are left out. */
final class FileLines implements GeneratorFunction<Long, RawRecord> {
  private static final long serialVersionUID = 1L;

  private final String path;

  private transient @Nullable List<String> lines;

  FileLines(String path) {
    this.path = path;
  }

  /**
   * How many there are.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  long count() {
    return lines().size();
  }

  @Override
  public RawRecord map(Long index) {
    byte[] line = lines().get(Math.toIntExact(index)).getBytes(StandardCharsets.UTF_8);
    return new RawRecord(line, 0L, path + "#" + (index + 1));
  }

  private List<String> lines() {
    if (lines == null) {
      lines = read();
    }
    return lines;
  }

  private List<String> read() {
    Path file = new Path(path);
    try (FSDataInputStream in = file.getFileSystem().open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + path + "': " + e.getMessage(), e);
    }
  }
}
