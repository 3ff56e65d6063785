package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Uploads the first rows of a large object that is still open, so that it need not be closed for
 * want of memory.
 *
 * <p>A part has at least 5 MiB, the least that Amazon S3 takes, and is written in one call: then
 * Flink's writer uploads it as it is, and leaves no temporary objects beside it. So it must be in
 * memory as a whole, encoded; the memory for that is part of the subtask's memory, and small memory
 * has none. Only a row of more than a MiB takes more. An object whose rows make no such part is
 * closed instead. All methods belong to the task's thread.
 */
final class PartUploads {
  static final int PART_BYTES = 5 << 20;

  /** Rows that are encoded at a time, before compression. */
  private static final int CHUNK_BYTES = 1 << 20;

  /** A part, another chunk that may not compress, and its headers. */
  private static final int SCRATCH_BYTES = PART_BYTES + CHUNK_BYTES + (CHUNK_BYTES >> 2);

  private static final long MEMORY_FOR_ONE = 64L << 20;
  private static final int MOST_AT_A_TIME = 4;

  private final ObjectStorage storage;
  private final ObjectUploads uploads;
  private final Deque<byte[]> idle = new ArrayDeque<>();
  private int left;

  PartUploads(SinkSettings settings, ObjectStorage storage, ObjectUploads uploads) {
    this.storage = storage;
    this.uploads = uploads;
    this.left = storage.supportsResume() ? atATime(settings) : 0;
  }

  /** What becomes of a part, in the task's thread. */
  interface Listener {
    /**
     * A part is uploaded.
     *
     * @param passed the rows in it, which the buffer is to forget
     */
    void uploaded(PartitionBuffer buffer, UploadedParts parts, RowCursor passed);

    /**
     * The rows are too few.
     *
     * @param encodedBytes of all of them
     */
    void tooSmall(PartitionBuffer buffer, RowCursor passed, long encodedBytes);
  }

  /** The part of a subtask's memory in which parts are encoded. */
  static long memory(SinkSettings settings) {
    return (long) atATime(settings) * SCRATCH_BYTES;
  }

  /** Whether a part of the buffer could be uploaded now. */
  boolean canTake(PartitionBuffer buffer) {
    return left > 0
        && buffer.group.format.isConcatenable()
        && buffer.rows.bytes() >= buffer.group.partRowBytes;
  }

  /** Uploads the first rows of a buffer; until the listener is told, nothing may take them away. */
  void start(PartitionBuffer buffer, String path, Listener listener) {
    left--;
    byte[] scratch = idle.isEmpty() ? new byte[SCRATCH_BYTES] : idle.removeLast();
    RowBuffer rows = buffer.rows;
    ObjectFormat format = buffer.group.format;
    UploadedParts before = buffer.parts;
    RowCursor here = rows.cursor();
    uploads.start(
        path,
        rows.segments() - 1,
        () -> {
          RowCursor cursor = here.again();
          ScratchOutput encoded = encode(format, cursor, scratch);
          if (encoded.size() < PART_BYTES) {
            return () -> {
              giveBack(scratch);
              listener.tooSmall(buffer, cursor, encoded.size());
            };
          }
          UploadedParts parts = storage.writePart(path, before, encoded, cursor);
          return () -> {
            giveBack(scratch);
            listener.uploaded(buffer, parts, cursor);
          };
        });
  }

  private void giveBack(byte[] scratch) {
    left++;
    idle.addLast(scratch);
  }

  private static ScratchOutput encode(ObjectFormat format, RowCursor rows, byte[] scratch)
      throws IOException {
    ScratchOutput encoded = new ScratchOutput(scratch);
    while (encoded.size() < PART_BYTES && rows.hasMore()) {
      format.write(new FirstRows(rows, CHUNK_BYTES), encoded);
    }
    return encoded;
  }

  private static int atATime(SinkSettings settings) {
    return (int) Math.min(MOST_AT_A_TIME, settings.memoryBytes / MEMORY_FOR_ONE);
  }
}
