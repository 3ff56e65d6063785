package dev.sluice.images.inference;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a model archive, within limits: no entry may leave the folder, none may be a link, and
 * neither the number of entries nor the bytes may explode. (A zip file says only at its end which
 * entries are links; they are unpacked as small files with the link's text, which leads nowhere.)
 */
final class ArchiveExtractor {
  /** Generous for a model: a few files of up to 4 GiB, weights that hardly shrink. */
  static final ArchiveExtractor STANDARD = new ArchiveExtractor(1_000, 4L << 30, 100);

  /** Small archives, mostly of text, may shrink more. */
  private static final long ALWAYS_ALLOWED_BYTES = 1L << 20;

  private final int maxEntries;
  private final long maxBytes;
  private final int maxRatio;

  /**
   * @param maxBytes of all entries together, unpacked
   * @param maxRatio of those to the bytes of the archive
   */
  ArchiveExtractor(int maxEntries, long maxBytes, int maxRatio) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.maxRatio = maxRatio;
  }

  static boolean isArchive(String url) {
    return url.endsWith(".zip") || isTarball(url);
  }

  private static boolean isTarball(String url) {
    return url.endsWith(".tar.gz") || url.endsWith(".tgz");
  }

  /**
   * Unpacks all of it, or fails.
   *
   * @throws InvalidModelException if it breaks a limit or is no such archive
   */
  void extract(Path archive, Path folder) throws IOException {
    long limit =
        Math.min(maxBytes, Math.max(ALWAYS_ALLOWED_BYTES, Files.size(archive) * (long) maxRatio));
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        ArchiveInputStream<?> entries = open(archive, file)) {
      extract(entries, folder, limit);
    } catch (InvalidModelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The readers answer damage with any unchecked exception.
      throw new InvalidModelException(
          "Cannot unpack model archive '" + archive.getFileName() + "': " + e.getMessage(), e);
    }
  }

  private void extract(ArchiveInputStream<?> entries, Path folder, long limit) throws IOException {
    long bytes = 0;
    int count = 0;
    for (ArchiveEntry entry = entries.getNextEntry();
        entry != null;
        entry = entries.getNextEntry()) {
      require(++count <= maxEntries, "more than " + maxEntries + " entries");
      Path target = target(folder, entry);
      if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else {
        bytes += copy(entries, target, limit - bytes, limit);
      }
    }
    require(count > 0, "no entries: it is empty or no archive");
  }

  private static ArchiveInputStream<?> open(Path archive, InputStream file) throws IOException {
    return isTarball(archive.toString())
        ? new TarArchiveInputStream(new GzipCompressorInputStream(file))
        : new ZipArchiveInputStream(file);
  }

  private static Path target(Path folder, ArchiveEntry entry) throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    require(target.startsWith(folder), "entry '" + entry.getName() + "' outside of the archive");
    boolean link = entry instanceof TarArchiveEntry && !isPlain((TarArchiveEntry) entry);
    require(!link, "entry '" + entry.getName() + "' that is neither file nor folder");
    return target;
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    boolean special =
        entry.isLink()
            || entry.isSymbolicLink()
            || entry.isFIFO()
            || entry.isBlockDevice()
            || entry.isCharacterDevice();
    return !special && (entry.isDirectory() || entry.isFile());
  }

  private static long copy(InputStream in, Path target, long left, long limit) throws IOException {
    Files.createDirectories(target.getParent());
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        require(copied <= left, "more than " + limit + " bytes, unpacked");
        out.write(buffer, 0, read);
      }
    }
    return copied;
  }

  private static void require(boolean holds, String what) throws InvalidModelException {
    if (!holds) {
      throw new InvalidModelException("Model archive has " + what);
    }
  }
}
