package dev.sluice.replication;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Positions as files of a folder, one a line, on any file system of Flink's. A file is written
 * whole under its last name on object stores, and renamed to it elsewhere. Not thread-safe.
 */
final class FilePositionStore implements PositionStore {
  private static final Pattern NAME = Pattern.compile("[0-9]{20}-[0-9]+\\.json");

  private final Path folder;
  private final FileSystem files;
  private final long keepMillis;
  private final Clock clock;

  private FilePositionStore(Path folder, Duration keep, Clock clock) throws IOException {
    this.folder = folder;
    this.files = folder.getFileSystem();
    this.keepMillis = keep.toMillis();
    this.clock = clock;
  }

  /** Opens stores in a folder, which is made with the first line. */
  static PositionStore.Factory in(String folder, Duration keep) {
    return () -> open(folder, keep, Clock.systemUTC());
  }

  static FilePositionStore open(String folder, Duration keep, Clock clock) throws IOException {
    return new FilePositionStore(new Path(folder), keep, clock);
  }

  @Override
  public void append(PositionCut cut) throws IOException {
    Path file = new Path(folder, String.format("%020d-%d.json", cut.time(), cut.checkpoint()));
    Path written = files.isDistributedFS() ? file : file.suffix(".part");
    try (FSDataOutputStream out = files.create(written, FileSystem.WriteMode.OVERWRITE)) {
      out.write(PositionCutJson.write(cut));
      out.sync();
    }
    if (!written.equals(file) && !files.rename(written, file)) {
      throw new IOException("Cannot rename '" + written + "' to '" + file + "'");
    }
    drop(clock.millis() - keepMillis);
  }

  /** The newest one stays, however old it is. */
  private void drop(long before) throws IOException {
    List<Path> all = all();
    for (Path file : all.subList(Math.min(1, all.size()), all.size())) {
      if (timeOf(file) < before) {
        files.delete(file, false);
      }
    }
  }

  @Override
  public Iterator<PositionCut> newestFirst() throws IOException {
    Iterator<Path> all = all().iterator();
    return new Iterator<>() {
      private @Nullable PositionCut next;

      @Override
      public boolean hasNext() {
        while (next == null && all.hasNext()) {
          next = read(all.next());
        }
        return next != null;
      }

      @Override
      public PositionCut next() {
        PositionCut cut = hasNext() ? next : null;
        if (cut == null) {
          throw new NoSuchElementException();
        }
        next = null;
        return cut;
      }
    };
  }

  /** Null for a file that somebody has dropped in the meantime. */
  private @Nullable PositionCut read(Path file) {
    try (FSDataInputStream in = files.open(file)) {
      return PositionCutJson.read(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot read position '" + file + "'", e);
    }
  }

  private List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>();
    FileStatus[] found = files.exists(folder) ? files.listStatus(folder) : null;
    if (found != null) {
      for (FileStatus each : found) {
        if (NAME.matcher(each.getPath().getName()).matches()) {
          all.add(each.getPath());
        }
      }
    }
    all.sort(Collections.reverseOrder((one, other) -> one.getName().compareTo(other.getName())));
    return all;
  }

  private static long timeOf(Path file) {
    String name = file.getName();
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  @Override
  public void close() {}
}
