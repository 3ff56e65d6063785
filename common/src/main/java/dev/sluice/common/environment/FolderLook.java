package dev.sluice.common.environment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * What can be seen of one location, on any file system of Flink's, with as few requests as it
 * takes.
 */
final class FolderLook {
  private final Path path;

  FolderLook(String location) {
    this.path = new Path(location);
  }

  /** Whether it is not on this machine's own file system. */
  static boolean isRemote(String location) {
    String scheme = new Path(location).toUri().getScheme();
    return scheme != null && !scheme.equals("file");
  }

  /** Empty if it is there. */
  Optional<String> whyNotThere() throws IOException {
    try {
      FileStatus found = path.getFileSystem().getFileStatus(path);
      return found == null ? Optional.of(missing()) : Optional.empty();
    } catch (IOException e) {
      if (isMissingBucket(e)) {
        return Optional.of(missingBucket());
      }
      if (e instanceof FileNotFoundException) {
        return Optional.of(missing());
      }
      throw e;
    }
  }

  /** Empty if it is there, or can be made. */
  Optional<String> whyItCannotCome() throws IOException {
    return whyNotThere().filter(missingBucket()::equals);
  }

  private String missing() {
    return "must name what exists, and '" + path + "' does not: check the spelling";
  }

  private String missingBucket() {
    return "must name a bucket that exists, and that of '" + path + "' does not: check its name";
  }

  /** Any file below it that is not hidden. */
  Optional<Path> firstFile() throws IOException {
    FileSystem files = path.getFileSystem();
    ArrayDeque<Path> folders = new ArrayDeque<>();
    folders.add(path);
    for (Path folder = folders.poll(); folder != null; folder = folders.poll()) {
      for (FileStatus entry : entries(files, folder)) {
        String name = entry.getPath().getName();
        if (name.startsWith(".") || name.startsWith("_")) {
          continue;
        }
        if (!entry.isDir()) {
          return Optional.of(entry.getPath());
        }
        folders.add(entry.getPath());
      }
    }
    return Optional.empty();
  }

  private static FileStatus[] entries(FileSystem files, Path folder) throws IOException {
    try {
      FileStatus[] entries = files.listStatus(folder);
      return entries == null ? new FileStatus[0] : entries;
    } catch (FileNotFoundException e) {
      if (isMissingBucket(e)) {
        throw e;
      }
      return new FileStatus[0];
    }
  }

  /** S3 only, which has no exception type of its own for it that could be seen here. */
  private static boolean isMissingBucket(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("nosuchbucket") || text.contains("bucket does not exist");
  }

  /** The innermost cause in one line: those around it repeat it. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.getClass().getSimpleName()
        : root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
