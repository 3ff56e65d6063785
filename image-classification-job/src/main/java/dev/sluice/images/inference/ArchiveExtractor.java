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
 * neither the number of entries nor the bytes may explode.
 */
final class ArchiveExtractor {
  private static final int MAX_ENTRIES = 1_000;
  private static final long MAX_BYTES = 4L << 30;

  private ArchiveExtractor() {}

  static boolean isArchive(String url) {
    return url.endsWith(".zip") || isTarball(url);
  }

  private static boolean isTarball(String url) {
    return url.endsWith(".tar.gz") || url.endsWith(".tgz");
  }

  static void extract(Path archive, Path folder) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        ArchiveInputStream<?> entries = open(archive, file)) {
      long bytes = 0;
      int count = 0;
      for (ArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        require(++count <= MAX_ENTRIES, "more than " + MAX_ENTRIES + " entries");
        Path target = target(folder, entry);
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          bytes += copy(entries, target, MAX_BYTES - bytes);
        }
      }
      require(count > 0, "no entries: it is empty or no archive");
    }
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
    return entry.isDirectory() || (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink());
  }

  private static long copy(InputStream in, Path target, long limit) throws IOException {
    Files.createDirectories(target.getParent());
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        require(copied <= limit, "more than " + MAX_BYTES + " bytes");
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
