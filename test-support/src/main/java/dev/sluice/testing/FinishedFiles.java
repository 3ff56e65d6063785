package dev.sluice.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The lines of all finished files below a folder, as a reader of a file sink sees them: in UTF-8,
 * in the order of path and line. A file or folder whose name begins with {@code .} or {@code _} is
 * in progress or a marker, and is left out. Immutable: what was there when it was read.
 */
public final class FinishedFiles {
  private final List<String> files = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<String> partial = new ArrayList<>();

  private FinishedFiles() {}

  /** Reads a local folder; one that does not exist has no files. */
  public static FinishedFiles in(java.nio.file.Path folder) throws IOException {
    return in(new Path(folder.toUri()));
  }

  /** Reads any folder that Flink reads; for {@code s3:} call {@link S3FileSystem} first. */
  public static FinishedFiles in(Path folder) throws IOException {
    FinishedFiles found = new FinishedFiles();
    FileSystem fileSystem = folder.getFileSystem();
    if (fileSystem.exists(folder)) {
      found.addFolder(fileSystem, folder, "");
    }
    return found;
  }

  /** Paths relative to the folder, sorted. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** Every whole line, and an unfinished last one too. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Files whose last line has no end. */
  public List<String> partial() {
    return List.copyOf(partial);
  }

  private void addFolder(FileSystem fileSystem, Path folder, String prefix) throws IOException {
    FileStatus[] entries = fileSystem.listStatus(folder);
    if (entries == null) {
      return;
    }
    Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (entry.isDir()) {
        addFolder(fileSystem, entry.getPath(), prefix + name + "/");
      } else {
        addFile(fileSystem, entry.getPath(), prefix + name);
      }
    }
  }

  private void addFile(FileSystem fileSystem, Path path, String name) throws IOException {
    String text;
    try (var in = fileSystem.open(path)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    files.add(name);
    if (text.isEmpty()) {
      return;
    }
    boolean whole = text.endsWith("\n");
    if (!whole) {
      partial.add(name + ": no end of line at its end");
    }
    String body = whole ? text.substring(0, text.length() - 1) : text;
    int number = 0;
    for (String line : body.split("\n", -1)) {
      lines.add(new Line(name, ++number, line));
    }
  }

  /** A line and its place. Immutable. */
  public static final class Line {
    private final String file;
    private final int number;
    private final String text;

    Line(String file, int number, String text) {
      this.file = file;
      this.number = number;
      this.text = text;
    }

    /** Path relative to the folder. */
    public String file() {
      return file;
    }

    /** From 1. */
    public int number() {
      return number;
    }

    /** Without the end of the line. */
    public String text() {
      return text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
