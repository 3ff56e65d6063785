package dev.sluice.partitioning.sink;

import static dev.sluice.partitioning.sink.SegmentPool.SEGMENT_BYTES;

import dev.sluice.partitioning.format.ObjectFormat;

/** Walks through the rows of a {@link RowBuffer} once. A row within one segment is not copied. */
final class RowCursor implements ObjectFormat.Rows {
  private static final byte[] NOTHING = new byte[0];

  private final byte[][] segments;
  private final int start;
  private final long rows;
  private int segment;
  private int position;
  private long passedRows;
  private long passedBytes;
  private byte[] array = NOTHING;
  private int offset;
  private int length;
  private byte[] joined = NOTHING;

  RowCursor(byte[][] segments, int start, long rows) {
    this.segments = segments;
    this.start = start;
    this.position = start;
    this.rows = rows;
  }

  /** The same rows, from the first one. */
  RowCursor again() {
    return new RowCursor(segments, start, rows);
  }

  @Override
  public boolean next() {
    if (passedRows == rows) {
      return false;
    }
    length = takeLength();
    if (length <= SEGMENT_BYTES - position) {
      array = segments[segment];
      offset = position;
      position += length;
    } else {
      join();
    }
    passedRows++;
    passedBytes += length;
    return true;
  }

  @Override
  public byte[] array() {
    return array;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }

  boolean hasMore() {
    return passedRows < rows;
  }

  /** Rows that {@link #next} has shown. */
  long passedRows() {
    return passedRows;
  }

  /** Their bytes. */
  long passedBytes() {
    return passedBytes;
  }

  /** The segment that the next row begins in. */
  int segment() {
    return segment;
  }

  /** Where the next row begins in its segment; the segment's end if it begins in the one behind. */
  int position() {
    return position;
  }

  private void join() {
    if (joined.length < length) {
      joined = new byte[Math.max(length, 2 * Math.min(joined.length, 1 << 20))];
    }
    int done = 0;
    while (done < length) {
      stepOverEnd();
      int chunk = Math.min(length - done, SEGMENT_BYTES - position);
      System.arraycopy(segments[segment], position, joined, done, chunk);
      position += chunk;
      done += chunk;
    }
    array = joined;
    offset = 0;
  }

  private int takeLength() {
    int value = 0;
    int shift = 0;
    byte read;
    do {
      stepOverEnd();
      read = segments[segment][position++];
      value |= (read & 0x7f) << shift;
      shift += 7;
    } while (read < 0);
    return value;
  }

  private void stepOverEnd() {
    if (position == SEGMENT_BYTES) {
      segment++;
      position = 0;
    }
  }
}
