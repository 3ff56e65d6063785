package dev.sluice.common.producer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the spool: frames, one behind the other. Not thread-safe. */
final class SpoolSegment {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolSegment.class);
  private static final String SUFFIX = ".spool";

  final long number;
  private final Path file;
  private final FileChannel channel;
  private final SpoolDisk disk;
  private long size;
  private boolean doubtful;

  private SpoolSegment(Path file, long number, FileChannel channel, SpoolDisk disk, long size) {
    this.file = file;
    this.number = number;
    this.channel = channel;
    this.disk = disk;
    this.size = size;
  }

  static SpoolSegment create(Path folder, long number, SpoolDisk disk) throws IOException {
    Path file = folder.resolve(String.format("%020d%s", number, SUFFIX));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    DurableFile.forceNames(file);
    return new SpoolSegment(file, number, channel, disk, 0);
  }

  static boolean isOne(Path file) {
    return file.getFileName().toString().matches("[0-9]{20}\\" + SUFFIX);
  }

  static SpoolSegment open(Path file, SpoolDisk disk) throws IOException {
    String name = file.getFileName().toString();
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    return new SpoolSegment(file, number, channel, disk, channel.size());
  }

  /** Writes a frame; one that does not reach the file as a whole leaves nothing there. */
  void append(ByteBuffer frame) throws IOException {
    long at = size;
    try {
      while (frame.hasRemaining()) {
        at += channel.write(frame, at);
      }
      size = at;
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
  }

  /** Fails for ever once it has failed: what was to be forced then may be gone. */
  void force() throws IOException {
    if (doubtful) {
      throw new IOException("'" + file + "' could not be forced before");
    }
    doubtful = true;
    disk.force(channel);
    doubtful = false;
  }

  /** Whether bytes in it may be missing on disk. */
  boolean isDoubtful() {
    return doubtful;
  }

  long size() {
    return size;
  }

  /**
   * Counts the records from a place on, and checks all.
   *
   * @param mayBeTorn cuts off a tail that is no whole record; else that is an error
   */
  long recordsFrom(long from, boolean mayBeTorn) throws IOException {
    long found = 0;
    long at = 0;
    while (at < size) {
      int frame = frameAt(at);
      if (frame == 0 && !mayBeTorn) {
        throw new IOException(
            "Spool is damaged at byte " + at + " of '" + file + "'; move the file to go on");
      }
      if (frame == 0) {
        cut(at);
        break;
      }
      found += at >= from ? 1 : 0;
      at += frame;
    }
    return found;
  }

  /** Length of the frame at a place, with its head; 0 if there is none that is whole. */
  private int frameAt(long at) throws IOException {
    ByteBuffer head = head(at);
    SpooledRecord record = head == null ? null : body(head, at);
    return record == null || head == null ? 0 : SpooledRecord.FRAME_HEAD + head.getInt(0);
  }

  /** The record at a place that {@link #frameAt} has found whole, or that was written here. */
  SpooledRecord read(long at) throws IOException {
    ByteBuffer head = head(at);
    SpooledRecord record = head == null ? null : body(head, at);
    if (record == null) {
      throw new IOException("No whole record at " + at + " of '" + file + "'");
    }
    return record;
  }

  private @Nullable ByteBuffer head(long at) throws IOException {
    if (size - at < SpooledRecord.FRAME_HEAD) {
      return null;
    }
    ByteBuffer head = ByteBuffer.allocate(SpooledRecord.FRAME_HEAD);
    fill(head, at);
    boolean possible = SpooledRecord.isLength(head.getInt(0), size - at - head.capacity());
    return possible ? head : null;
  }

  private @Nullable SpooledRecord body(ByteBuffer head, long at) throws IOException {
    ByteBuffer body = ByteBuffer.allocate(head.getInt(0));
    fill(body, at + SpooledRecord.FRAME_HEAD);
    return SpooledRecord.parse(body.array(), head.getInt(Integer.BYTES));
  }

  private void fill(ByteBuffer buffer, long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("'" + file + "' became shorter than " + size + " bytes");
      }
    }
  }

  /** Keeps what is behind a place in a file beside this one, for people, and cuts it off. */
  private void cut(long at) throws IOException {
    Path rest = unusedName();
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size - at, Integer.MAX_VALUE - 8));
    fill(bytes, at);
    DurableFile.replace(rest, bytes.array());
    LOG.error(
        "No whole record at byte {} of '{}': the {} bytes from there on are kept in '{}' and are not"
            + " sent. A few bytes are a record that was cut short by a kill, and no answer was given"
            + " for it; many are damage, and whole records may be among them: keep that file, and"
            + " send them again from where they came",
        at,
        file,
        size - at,
        rest);
    channel.truncate(at);
    channel.force(true);
    size = at;
  }

  /** What was cut before stays: a file can be cut more than once. */
  private Path unusedName() {
    Path name = file.resolveSibling(file.getFileName() + ".cut");
    for (int i = 2; Files.exists(name); i++) {
      name = file.resolveSibling(file.getFileName() + ".cut-" + i);
    }
    return name;
  }

  /** For a record that the stream will never take: kept beside the spool, for people. */
  static void keepRefused(Path folder, byte[] json) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try (FileChannel out =
        FileChannel.open(
            folder.resolve("refused.jsonl"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      while (line.hasRemaining()) {
        out.write(line);
      }
      out.force(false);
    }
  }

  void close() throws IOException {
    channel.close();
  }

  /** The first failure, or null: one file that fails keeps no other one from its disk. */
  static @Nullable IOException forceAndCloseAll(Iterable<SpoolSegment> segments) {
    IOException first = null;
    for (SpoolSegment segment : segments) {
      try (FileChannel closed = segment.channel) {
        segment.force();
        LOG.debug("Forced {} bytes of '{}'", closed.size(), segment);
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    return first;
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
