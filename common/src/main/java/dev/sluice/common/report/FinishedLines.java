package dev.sluice.common.report;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the finished files {@code <folder>/<yyyy-MM-dd>/<prefix>-*.jsonl}, one at a time, in
 * the order of the file names.
 *
 * <p>Names that begin with {@code .} or {@code _} are unfinished files and are skipped. Memory: one
 * line, and the file names of one date.
 */
public final class FinishedLines {
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final String prefix;
  private final @Nullable LocalDate firstDate;

  /**
   * The lines of a folder.
   *
   * @param start earlier date folders are left out, but for one day, because clocks differ; null
   *     reads all
   */
  public FinishedLines(Path folder, String prefix, @Nullable Instant start) {
    this.folder = folder;
    this.prefix = prefix;
    this.firstDate = start == null ? null : start.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
  }

  /** Takes one line in UTF-8, without its end. */
  @FunctionalInterface
  public interface LineConsumer {
    void accept(byte[] line) throws IOException;
  }

  /**
   * Reads all lines.
   *
   * @throws IOException naming file and line, if a file cannot be read or the consumer refuses
   */
  public void forEach(LineConsumer consumer) throws IOException {
    FileSystem files = folder.getFileSystem();
    for (FileStatus date : list(files, folder)) {
      if (!date.isDir() || isTooEarly(date.getPath().getName())) {
        continue;
      }
      for (FileStatus file : list(files, date.getPath())) {
        String name = file.getPath().getName();
        if (!file.isDir() && name.startsWith(prefix + "-") && name.endsWith(".jsonl")) {
          read(files, file.getPath(), consumer);
        }
      }
    }
  }

  private boolean isTooEarly(String date) {
    try {
      return firstDate != null && LocalDate.parse(date).isBefore(firstDate);
    } catch (DateTimeException e) {
      return false; // Not a date folder of the sink's: the records tell their own time.
    }
  }

  private static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return List.of(); // A run without dead letters makes no folder for them.
    }
    List<FileStatus> visible = new ArrayList<>();
    if (found != null) { // LocalFileSystem's answer for a folder that is not there.
      for (FileStatus status : found) {
        String name = status.getPath().getName();
        if (!name.startsWith(".") && !name.startsWith("_")) {
          visible.add(status);
        }
      }
    }
    visible.sort(Comparator.comparing(status -> status.getPath().getName()));
    return visible;
  }

  private static void read(FileSystem files, Path file, LineConsumer consumer) throws IOException {
    long line = 1;
    try (InputStream in = new BufferedInputStream(files.open(file), BUFFER)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          bytes.write(next);
          continue;
        }
        consumer.accept(bytes.toByteArray());
        bytes.reset();
        line++;
      }
      if (bytes.size() > 0) {
        consumer.accept(bytes.toByteArray());
      }
    } catch (IOException e) {
      throw new IOException(
          String.format("Cannot read line %d of '%s': %s", line, file, e.getMessage()), e);
    }
  }
}
