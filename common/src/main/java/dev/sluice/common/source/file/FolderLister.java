package dev.sluice.common.source.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists folders and all that is below them, through Flink's file systems; local ones as {@link
 * LocalFolderLister} does.
 *
 * <p>Folders that go away meanwhile are passed over. One folder at a time is in memory: what the
 * file system holds for the objects of the largest folder, while it is listed.
 */
final class FolderLister implements ObjectLister {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLister.class);

  /** A folder in which files come and go is read again when one goes while it is read. */
  private static final int ATTEMPTS_PER_FOLDER = 4;

  /** Deeper than any honest tree; a link of a mounted file system to a parent ends here. */
  private static final int MAX_DEPTH = 100;

  private final List<Path> inputs;
  private final ObjectFilter filter;
  private final boolean inputsMayBeMissing;
  private boolean warnedOfMissing;

  /**
   * @param inputsMayBeMissing whether an input path that does not exist is an empty one: on S3 a
   *     folder does not exist before its first object
   */
  FolderLister(List<Path> inputs, ObjectFilter filter, boolean inputsMayBeMissing) {
    this.inputs = inputs;
    this.filter = filter;
    this.inputsMayBeMissing = inputsMayBeMissing;
  }

  @Override
  public void listInto(Listing listing) throws IOException {
    for (Path input : inputs) {
      try {
        listInput(input, listing);
      } catch (FileNotFoundException e) {
        if (!inputsMayBeMissing || ListingFailure.isMissingBucket(e)) {
          throw e;
        }
        if (!warnedOfMissing) {
          LOG.warn("Input path '{}' does not exist yet: taken as empty", input);
          warnedOfMissing = true;
        }
      }
    }
    if (listing.unlistable() > 0) {
      LOG.warn(
          "{} entries cannot be listed and are passed over, such as '{}': dangling links, or names"
              + " that are no text in the locale of this process",
          listing.unlistable(),
          listing.firstUnlistable());
    }
  }

  private void listInput(Path input, Listing listing) throws IOException {
    FileSystem files = input.getFileSystem();
    if ("file".equals(files.getUri().getScheme())) {
      new LocalFolderLister(java.nio.file.Path.of(input.getPath()), filter, listing).list();
      return;
    }
    ArrayDeque<Folder> folders = new ArrayDeque<>();
    folders.add(new Folder(input, "", 0));
    for (Folder folder = folders.poll(); folder != null; folder = folders.poll()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Listing of '" + input + "' was interrupted");
      }
      if (folder.depth > MAX_DEPTH) {
        throw new IOException("Folder '" + folder.path + "' is more than 100 folders deep");
      }
      for (FileStatus status : entries(files, folder)) {
        add(status, folder, folders, listing);
      }
    }
  }

  private void add(FileStatus status, Folder folder, ArrayDeque<Folder> folders, Listing listing) {
    Path path = status.getPath();
    String name = path.getName();
    String relative = folder.relative + name;
    if (status.isDir()) {
      if (filter.descends(relative + '/', name)) {
        folders.add(new Folder(path, relative + '/', folder.depth + 1));
      }
    } else if (filter.accepts(relative, name)) {
      listing.add(status.getModificationTime(), status.getLen(), () -> path.toUri().toString());
    }
  }

  private static FileStatus[] entries(FileSystem files, Folder folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        FileStatus[] entries = files.listStatus(folder.path);
        if (entries != null) {
          return entries;
        }
        // As of local folders: null means gone (which this call reports) or unreadable.
        files.getFileStatus(folder.path);
        throw new AccessDeniedException(folder.path.toString());
      } catch (FileNotFoundException e) {
        if (folder.depth == 0 && (attempt == ATTEMPTS_PER_FOLDER || !files.exists(folder.path))) {
          throw e;
        }
        if (!files.exists(folder.path)) {
          LOG.debug("Folder '{}' went away while it was listed", folder.path);
          return new FileStatus[0];
        }
        if (attempt == ATTEMPTS_PER_FOLDER) {
          throw e;
        }
      }
    }
  }

  private static final class Folder {
    private final Path path;
    private final String relative;
    private final int depth;

    Folder(Path path, String relative, int depth) {
      this.path = path;
      this.relative = relative;
      this.depth = depth;
    }
  }
}
