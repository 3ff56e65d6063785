package dev.sluice.common.producer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk, in their order, until they are done with: a queue of files in a folder that one
 * process holds at a time.
 *
 * <p>Bounded in bytes; a file goes when all its records are done. After a kill it holds every
 * record that {@link #force} was called after, and some that were done already. A tail that is no
 * whole record is cut off and kept in a file beside it; damage before the tail is an error.
 *
 * <p>Not thread-safe.
 */
final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final int FILES = 16;
  private static final long LEAST_FILE_BYTES = 64 << 10;

  private final Path folder;
  private final long maxBytes;
  private final SpoolSync sync;
  private final SpoolDisk disk;
  private final FileChannel lock;
  private final Deque<SpoolSegment> segments = new ArrayDeque<>();
  private final Deque<Spooled> read = new ArrayDeque<>();
  private final Deque<Spooled> again = new ArrayDeque<>();
  private @Nullable SpoolSegment reading;
  private long readAt;
  private long records;
  private boolean unforced;

  /** Why records that were appended since the last {@link #force} may never be on disk. */
  private @Nullable IOException lost;

  private Spool(Path folder, long maxBytes, SpoolSync sync, SpoolDisk disk, FileChannel lock) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.sync = sync;
    this.disk = disk;
    this.lock = lock;
  }

  /** Opens the folder, which is made if need be, with all that is left in it. */
  static Spool open(Path folder, long maxBytes, SpoolSync sync) throws IOException {
    return open(folder, maxBytes, sync, SpoolDisk.REAL);
  }

  static Spool open(Path folder, long maxBytes, SpoolSync sync, SpoolDisk disk) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = lock.tryLock();
      if (held == null) {
        throw new IOException("Another process holds the spool '" + folder + "'");
      }
      Spool spool = new Spool(folder, maxBytes, sync, disk, lock);
      spool.recover();
      return spool;
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw new IOException("Another producer of this process holds the spool '" + folder + "'", e);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private void recover() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(SpoolSegment::isOne).sorted().collect(Collectors.toList());
    }
    long[] head = SpoolHead.read(folder);
    for (Path file : files) {
      SpoolSegment segment = SpoolSegment.open(file, disk);
      segments.add(segment);
      boolean last = file.equals(files.get(files.size() - 1));
      long from = segment.number == head[0] ? head[1] : 0;
      records += segment.recordsFrom(from, last);
    }
    reading = segments.peekFirst();
    readAt = reading != null && reading.number == head[0] ? Math.min(head[1], reading.size()) : 0;
    SpoolHead.delete(folder);
    if (records > 0) {
      LOG.info("Spool '{}' holds {} records of earlier", folder, records);
    }
  }

  boolean hasRoomFor(SpooledRecord record) {
    return bytes() + record.frameBytes() <= maxBytes;
  }

  /** Takes a record, or has no room for it, by the bound or by the disk. */
  boolean append(SpooledRecord record) throws IOException {
    if (!hasRoomFor(record)) {
      return false;
    }
    ByteBuffer frame = record.frame();
    try {
      toWrite(frame.remaining()).append(frame);
    } catch (IOException e) {
      LOG.warn("Cannot write to the spool '{}'", folder, e);
      return false;
    }
    unforced = true;
    records++;
    return true;
  }

  private SpoolSegment toWrite(int bytes) throws IOException {
    SpoolSegment last = segments.peekLast();
    long most = Math.max(LEAST_FILE_BYTES, maxBytes / FILES);
    // One without records takes any: it would stay the oldest, and no file behind it would go.
    boolean fits = last != null && (last.size() == 0 || last.size() + bytes <= most);
    // Behind bytes that may be missing on disk nothing is sure to be found again.
    if (last != null && fits && !last.isDoubtful()) {
      return last;
    }
    if (last != null && !last.isDoubtful()) {
      forceFull(last);
    }
    SpoolSegment next = SpoolSegment.create(folder, last == null ? 0 : last.number + 1, disk);
    segments.add(next);
    if (reading == null) {
      reading = next;
      readAt = 0;
    }
    return next;
  }

  private void forceFull(SpoolSegment full) {
    try {
      full.force();
    } catch (IOException e) {
      LOG.error("Cannot force '{}': what was written last may not be on disk", full, e);
      lost = e;
    }
  }

  /**
   * After it returns, what was appended survives as the policy says. If it fails, that which was
   * appended since the call before may be lost, for good: a disk that has failed to write a page
   * forgets that it should, so that the next force of the file says nothing.
   */
  void force() throws IOException {
    SpoolSegment last = segments.peekLast();
    boolean due = unforced;
    IOException failed = lost;
    unforced = false;
    lost = null;
    if (failed != null) {
      throw new IOException("A full file of the spool could not be forced", failed);
    }
    if (due && sync == SpoolSync.EACH && last != null) {
      last.force();
    }
  }

  /** Whether {@link #next} has one. */
  boolean hasNext() {
    SpoolSegment from = reading;
    return !again.isEmpty()
        || (from != null
            && (readAt < from.size()
                || segments.stream().anyMatch(s -> s.number > from.number && s.size() > 0)));
  }

  /** The next record that was not given since {@link #rewind}, without those that are done. */
  Spooled next() throws IOException {
    Spooled repeated = again.pollFirst();
    if (repeated != null) {
      return repeated;
    }
    SpoolSegment from = reading;
    while (from != null && readAt >= from.size()) {
      from = after(from);
      reading = from;
      readAt = 0;
    }
    if (from == null) {
      throw new IllegalStateException("Nothing is left to read");
    }
    SpooledRecord record = from.read(readAt);
    readAt += record.frameBytes();
    Spooled next = new Spooled(record, from, readAt);
    read.add(next);
    return next;
  }

  /** The record is the next one again. */
  void putBack(Spooled record) {
    again.addFirst(record);
  }

  private @Nullable SpoolSegment after(SpoolSegment segment) {
    for (SpoolSegment each : segments) {
      if (each.number > segment.number) {
        return each;
      }
    }
    return null;
  }

  /** Gives all records again that were given and are not done, in their order. */
  void rewind() {
    again.clear();
    read.stream().filter(each -> !each.done).forEach(again::add);
  }

  /** The record need not be given again, nor by the next process. */
  void done(Spooled record) throws IOException {
    record.done = true;
    records--;
    for (Spooled first = read.peekFirst(); first != null && first.done; first = read.peekFirst()) {
      read.removeFirst();
      drop(first);
    }
  }

  private void drop(Spooled last) throws IOException {
    while (segments.element() != last.segment) {
      segments.removeFirst().delete();
    }
    SpoolSegment oldest = segments.element();
    boolean whole = last.end >= oldest.size();
    if (whole && segments.size() > 1) {
      segments.removeFirst().delete();
    } else if (whole) {
      // A new file, so that one which stays forever does not grow.
      SpoolSegment next = SpoolSegment.create(folder, oldest.number + 1, disk);
      segments.add(next);
      segments.removeFirst().delete();
      reading = next;
      readAt = 0;
    }
  }

  /** Records that are not done. */
  long records() {
    return records;
  }

  /** Bytes of its files. */
  long bytes() {
    return segments.stream().mapToLong(SpoolSegment::size).sum();
  }

  /** Keeps what is left for the next process. */
  @Override
  public void close() throws IOException {
    try {
      Spooled first = read.peekFirst();
      SpoolSegment at = first == null ? reading : first.segment;
      long place = first == null ? readAt : first.end - first.record.frameBytes();
      @Nullable IOException failure = SpoolSegment.forceAndCloseAll(segments);
      if (at != null) {
        SpoolHead.write(folder, at.number, place);
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.close();
    }
  }

  /** Lets go of the folder as a kill does: some records that are done will be given again. */
  void abandon() {
    try {
      lock.close();
      for (SpoolSegment segment : segments) {
        segment.close();
      }
    } catch (IOException e) {
      LOG.warn("Cannot close the spool '{}'", folder, e);
    }
  }
}
