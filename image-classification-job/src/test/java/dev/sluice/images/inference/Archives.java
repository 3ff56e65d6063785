package dev.sluice.images.inference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes archives, also such as nobody should. */
final class Archives {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  private Archives() {}

  static Archives tarball() {
    return new Archives();
  }

  Archives file(String name, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true); // keeps a leading slash
    entry.setSize(content.length);
    return add(entry, content);
  }

  Archives link(String name, String target, boolean symbolic) {
    return special(name, target, symbolic ? TarConstants.LF_SYMLINK : TarConstants.LF_LINK);
  }

  Archives special(String name, String target, byte kind) {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    return add(entry, new byte[0]);
  }

  private Archives add(TarArchiveEntry entry, byte[] content) {
    byte[] header = new byte[BLOCK];
    entry.writeEntryHeader(header);
    tar.writeBytes(header);
    tar.writeBytes(content);
    tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  Path writeTo(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      tar.writeTo(out);
      out.write(new byte[2 * BLOCK]);
    }
    return file;
  }

  /** Names and contents by turns. */
  static Path zip(Path file, String... namesAndContents) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  /** All files of a folder, below a name or at the top ({@code ""}). */
  static Path zipOf(Path folder, String below, Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Path each : files(folder)) {
        zip.putNextEntry(new ZipEntry(below + folder.relativize(each)));
        Files.copy(each, zip);
        zip.closeEntry();
      }
    }
    return file;
  }

  static Path tarballOf(Path folder, String below, Path file) throws IOException {
    Archives archive = tarball();
    for (Path each : files(folder)) {
      archive.file(below + folder.relativize(each), Files.readAllBytes(each));
    }
    return archive.writeTo(file);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
