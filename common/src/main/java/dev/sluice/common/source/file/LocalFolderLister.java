package dev.sluice.common.source.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists one local file or folder with all that is below it.
 *
 * <p>Not through Flink's local file system: that fails the listing of a whole folder for one entry
 * without a status, such as a dangling link, or with {@code :} in its name. Here such an entry is
 * passed over and counted as {@link Listing#unlistable()}.
 *
 * <p>Links are followed, except to a folder that the link is in.
 */
final class LocalFolderLister {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFolderLister.class);

  /** What a decoder puts in the place of bytes that are no characters. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Path input;
  private final ObjectFilter filter;
  private final Listing listing;
  private final ArrayDeque<Folder> folders = new ArrayDeque<>();

  LocalFolderLister(Path input, ObjectFilter filter, Listing listing) {
    // As Flink's paths are; names of objects in checkpoints must stay what they are.
    this.input = input.toAbsolutePath().normalize();
    this.filter = filter;
    this.listing = listing;
  }

  /**
   * @throws FileNotFoundException if the input does not exist, and for no other reason
   */
  void list() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(input, BasicFileAttributes.class);
      if (!attributes.isDirectory()) {
        String name = nameOf(input);
        if (filter.accepts(name, name)) {
          add(input, attributes);
        }
        return;
      }
      folders.add(new Folder(input, input.toRealPath(), "", null));
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
    for (Folder folder = folders.poll(); folder != null; folder = folders.poll()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Listing of '" + input + "' was interrupted");
      }
      list(folder);
    }
  }

  private void list(Folder folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path)) {
      for (Path entry : entries) {
        visit(entry, folder);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (folder.parent == null) {
        throw missing(e);
      }
      LOG.debug("Folder '{}' went away before it was listed", folder.path, e);
    }
  }

  private void visit(Path entry, Folder folder) {
    String name = nameOf(entry);
    String relative = folder.relative + name;
    boolean descends = filter.descends(relative + '/', name);
    boolean accepted = filter.accepts(relative, name);
    if (!descends && !accepted) {
      return;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
      if (!canBeNamed(entry, name)) {
        listing.addUnlistable(entry.toString());
      } else if (!attributes.isDirectory()) {
        if (accepted) {
          add(entry, attributes);
        }
      } else if (descends) {
        descend(entry, relative + '/', folder);
      }
    } catch (IOException e) {
      // A file that was deleted meanwhile has no entry any more, a dangling link has.
      if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS) || !(e instanceof NoSuchFileException)) {
        LOG.debug("Entry '{}' cannot be listed", entry, e);
        listing.addUnlistable(entry.toString());
      }
    }
  }

  private void descend(Path entry, String relative, Folder folder) throws IOException {
    if (!Files.isSymbolicLink(entry)) {
      Path real = folder.real.resolve(entry.getFileName());
      folders.add(new Folder(entry, real, relative, folder));
      return;
    }
    Path real = entry.toRealPath();
    for (Folder above = folder; above != null; above = above.parent) {
      if (above.real.startsWith(real)) {
        LOG.debug("Link '{}' is not followed: it is in the folder '{}' itself", entry, real);
        return;
      }
    }
    folders.add(new Folder(entry, real, relative, folder));
  }

  private void add(Path file, BasicFileAttributes attributes) {
    listing.add(attributes.lastModifiedTime().toMillis(), attributes.size(), () -> uri(file));
  }

  /** As Flink's local file system writes it: one slash, letters beyond ASCII as they are. */
  private static String uri(Path file) {
    try {
      return new URI("file", null, file.toString(), null, null).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Path '" + file + "' cannot be written as a URI", e);
    }
  }

  /** Whether its characters lead back to the file; not if its bytes are none in this locale. */
  private static boolean canBeNamed(Path entry, String name) {
    if (name.indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      return Path.of(entry.toString()).equals(entry);
    } catch (InvalidPathException e) {
      LOG.debug("Entry '{}' cannot be named", entry, e);
      return false;
    }
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  private FileNotFoundException missing(IOException cause) {
    FileNotFoundException missing =
        new FileNotFoundException("Input path '" + input + "' does not exist");
    missing.initCause(cause);
    return missing;
  }

  private static final class Folder {
    private final Path path;
    private final Path real;
    private final String relative;
    private final @Nullable Folder parent;

    Folder(Path path, Path real, String relative, @Nullable Folder parent) {
      this.path = path;
      this.real = real;
      this.relative = relative;
      this.parent = parent;
    }
  }
}
