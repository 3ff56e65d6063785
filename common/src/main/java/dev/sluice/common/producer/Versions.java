package dev.sluice.common.producer;

import dev.sluice.common.record.RecordVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Versions that grow with each call, over restarts and kills and whatever the clock does.
 *
 * <p>The epoch is the greatest that was ever known. The sequence is the time in microseconds, or
 * the next number where the time would not be greater. A file holds the epoch, and promises numbers
 * ahead of their use, so that a process that was killed leaves none that the next one could give
 * again. Not thread-safe.
 */
final class Versions {
  /** Numbers that one write promises: 5 s, so that the clock catches up soon after a kill. */
  static final long AHEAD = 5_000_000;

  private final Path file;
  private final String producer;
  private final LongSupplier micros;
  private long epoch;
  private long last;
  private long promised;

  private Versions(Path file, String producer, LongSupplier micros, long epoch, long last) {
    this.file = file;
    this.producer = producer;
    this.micros = micros;
    this.epoch = epoch;
    this.last = last;
    this.promised = last;
  }

  static Versions open(Path folder, String producer, LongSupplier micros) throws IOException {
    Path file = folder.resolve("version");
    try {
      String[] words = Files.readString(file, StandardCharsets.UTF_8).trim().split(" ", -1);
      return new Versions(
          file, producer, micros, Long.parseLong(words[0]), Long.parseLong(words[1]));
    } catch (NoSuchFileException e) {
      return new Versions(file, producer, micros, 0, 0);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("Cannot read '" + file + "'", e);
    }
  }

  /**
   * The next one.
   *
   * @param known the epoch that the register said last; 0 if it has not said any yet
   */
  RecordVersion next(long known) throws IOException {
    long next = Math.max(last + 1, micros.getAsLong());
    if (next > promised || known > epoch) {
      write(Math.max(known, epoch), Math.max(promised, next + AHEAD));
    }
    last = next;
    return new RecordVersion(epoch, next, producer);
  }

  /** The next process goes on right behind the last number. */
  void close() throws IOException {
    write(epoch, last);
  }

  private void write(long newEpoch, long promise) throws IOException {
    String text = newEpoch + " " + promise;
    DurableFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    epoch = newEpoch;
    promised = promise;
  }
}
