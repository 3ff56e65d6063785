package dev.sluice.common.producer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** File and place of a spool up to which all is done, from one process to the next. Stateless. */
final class SpoolHead {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolHead.class);

  private SpoolHead() {}

  /** The number of the file, and the place; what says nothing that can be read says nothing. */
  static long[] read(Path folder) throws IOException {
    try {
      String[] words = Files.readString(file(folder)).trim().split(" ", -1);
      return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    } catch (NoSuchFileException e) {
      return new long[] {-1, 0};
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      LOG.warn("Cannot read '{}': some records will be sent again", file(folder));
      return new long[] {-1, 0};
    }
  }

  static void write(Path folder, long number, long place) throws IOException {
    String text = number + " " + place;
    DurableFile.replace(file(folder), text.getBytes(StandardCharsets.UTF_8));
  }

  /** A place in a file of this number would be wrong for another file that gets it one day. */
  static void delete(Path folder) throws IOException {
    Files.deleteIfExists(file(folder));
  }

  private static Path file(Path folder) {
    return folder.resolve("head");
  }
}
