package dev.sluice.common.producer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whose records a spool holds: those of one stream must not go into another one. Stateless. */
final class SpoolOwner {
  private SpoolOwner() {}

  /**
   * Says that the folder is a stream's from now on.
   *
   * @param records that are left in it
   * @throws IOException if they are another stream's
   */
  static void claim(Path folder, String stream, long records) throws IOException {
    Path file = folder.resolve("stream");
    String owner = read(file);
    if (owner.equals(stream)) {
      return;
    }
    if (records > 0 && !owner.isEmpty()) {
      throw new IOException(
          "Spool '"
              + folder
              + "' holds "
              + records
              + " records of the stream '"
              + owner
              + "' and not of '"
              + stream
              + "': give each stream a folder of its own");
    }
    DurableFile.replace(file, stream.getBytes(StandardCharsets.UTF_8));
  }

  /** Empty if nothing says so. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
