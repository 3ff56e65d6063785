package dev.sluice.partitioning.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Lists the objects of a run, folder by folder, in the order of their names. What is hidden ({@code
 * .} or {@code _} in front: unfinished files) or has another form of name is passed over.
 *
 * <p>Memory: the listing of one folder, and of those above it. After {@value #MOST} files and
 * folders the listing ends. Not thread-safe.
 */
final class FinishedObjects {
  static final int MOST = 1_000_000;

  private static final String BEHIND_STREAM =
      "-\\d+-\\d{4}(?:-\\d\\d){5}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(.*)";

  private final SinkRun run;
  private final Pattern name;
  private final long earliest;
  private final int most;
  private int seen;
  private long older;

  /** Takes the objects of one folder. */
  interface FolderConsumer {
    void accept(List<FinishedObject> objects) throws IOException;
  }

  FinishedObjects(SinkRun run, int most) {
    this.run = run;
    this.most = most;
    name = Pattern.compile("(.*)" + Pattern.quote(run.streamName) + BEHIND_STREAM, Pattern.DOTALL);
    // Some file systems know a file's time to the second only.
    earliest =
        run.start == null
            ? Long.MIN_VALUE
            : run.start.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
  }

  /** Each folder with objects once; a root that is not there has none. */
  void forEachFolder(FolderConsumer consumer) throws IOException {
    list(run.root.getFileSystem(), run.root, "", consumer);
  }

  /** Whether all was listed. */
  boolean isComplete() {
    return seen < most;
  }

  /** Objects that were left out because they are older than the run. */
  long older() {
    return older;
  }

  private void list(FileSystem files, Path folder, String relative, FolderConsumer consumer)
      throws IOException {
    List<FileStatus> folders = new ArrayList<>();
    List<FinishedObject> objects = new ArrayList<>();
    for (FileStatus status : visible(files, folder)) {
      if (seen == most) {
        break;
      }
      seen++;
      if (status.isDir()) {
        folders.add(status);
      } else {
        add(status, relative, objects);
      }
    }
    if (!objects.isEmpty()) {
      consumer.accept(objects);
    }
    for (FileStatus status : folders) {
      if (isComplete()) {
        String below = relative + status.getPath().getName() + "/";
        list(files, status.getPath(), below, consumer);
      }
    }
  }

  private void add(FileStatus status, String relative, List<FinishedObject> objects) {
    Matcher matcher = name.matcher(status.getPath().getName());
    if (!matcher.matches()) {
      return;
    }
    if (status.getModificationTime() < earliest) {
      older++;
      return;
    }
    objects.add(
        new FinishedObject(
            status.getPath(),
            relative + matcher.group(1),
            status.getLen(),
            matcher.group(2).isEmpty()));
  }

  private static List<FileStatus> visible(FileSystem files, Path folder) throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return List.of(); // A run without records makes no folder.
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
}
