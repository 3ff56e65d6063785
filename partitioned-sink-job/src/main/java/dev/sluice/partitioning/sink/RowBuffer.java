package dev.sluice.partitioning.sink;

import static dev.sluice.partitioning.sink.SegmentPool.SEGMENT_BYTES;

import java.util.Arrays;

/**
 * Rows behind one another in segments of a {@link SegmentPool}, each behind its length.
 *
 * <p>A length is a varint: seven bits a byte, lowest first. Lengths and rows run on over the ends
 * of segments, so nothing is wasted but the rest of the last one. Only the task's thread appends
 * and releases; meanwhile other threads may walk through rows that were there when they were
 * started.
 */
final class RowBuffer {
  private byte[][] segments = new byte[1][];
  private int count;
  private int start;
  private int end = SEGMENT_BYTES;
  private long rows;
  private long bytes;

  /** Segments that a row of this length takes when the buffer is empty. */
  static int segmentsForFirst(int length) {
    return segmentsFor(framed(length), 0);
  }

  /** Segments that a row of this length takes now, beyond those that the buffer has. */
  int segmentsFor(int length) {
    return segmentsFor(framed(length), SEGMENT_BYTES - end);
  }

  int segments() {
    return count;
  }

  long rows() {
    return rows;
  }

  /** Bytes of the rows, without their lengths. */
  long bytes() {
    return bytes;
  }

  /**
   * Appends a row.
   *
   * @param pool has at least {@link #segmentsFor} segments available
   */
  void append(byte[] row, SegmentPool pool) {
    int length = row.length;
    if (framed(length) <= SEGMENT_BYTES - end) {
      byte[] segment = segments[count - 1];
      int at = putLength(length, segment, end);
      System.arraycopy(row, 0, segment, at, length);
      end = at + length;
    } else {
      appendAcross(row, pool);
    }
    rows++;
    bytes += length;
  }

  /** The rows that are there now. */
  RowCursor cursor() {
    return new RowCursor(segments, start, rows);
  }

  /**
   * Forgets the rows that a cursor of this buffer has passed, and gives back the segments that hold
   * nothing else.
   */
  void dropPassed(RowCursor cursor, SegmentPool pool) {
    int whole = cursor.segment();
    for (int i = 0; i < whole; i++) {
      pool.give(segments[i]);
    }
    // A new array: another thread may still hold the old one.
    segments = Arrays.copyOfRange(segments, whole, Math.max(count, whole + 1));
    count -= whole;
    start = cursor.position();
    rows -= cursor.passedRows();
    bytes -= cursor.passedBytes();
  }

  /** Gives all segments back; the buffer is empty then. */
  void release(SegmentPool pool) {
    for (int i = 0; i < count; i++) {
      pool.give(segments[i]);
    }
    segments = new byte[1][];
    count = 0;
    start = 0;
    end = SEGMENT_BYTES;
    rows = 0;
    bytes = 0;
  }

  private void appendAcross(byte[] row, SegmentPool pool) {
    byte[] length = new byte[5];
    int lengthBytes = putLength(row.length, length, 0);
    appendBytes(length, lengthBytes, pool);
    appendBytes(row, row.length, pool);
  }

  private void appendBytes(byte[] source, int length, SegmentPool pool) {
    int done = 0;
    while (done < length) {
      if (end == SEGMENT_BYTES) {
        addSegment(pool.take());
      }
      int chunk = Math.min(length - done, SEGMENT_BYTES - end);
      System.arraycopy(source, done, segments[count - 1], end, chunk);
      end += chunk;
      done += chunk;
    }
  }

  private void addSegment(byte[] segment) {
    if (count == segments.length) {
      segments = Arrays.copyOf(segments, count * 2);
    }
    segments[count++] = segment;
    end = 0;
  }

  private static int segmentsFor(int needed, int left) {
    return needed <= left ? 0 : (needed - left + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
  }

  private static int framed(int length) {
    // 7, 14, 21, 28 or 35 bits
    return length + 1 + (31 - Integer.numberOfLeadingZeros(length | 1)) / 7;
  }

  private static int putLength(int length, byte[] target, int at) {
    int rest = length;
    int position = at;
    while ((rest & ~0x7f) != 0) {
      target[position++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    target[position++] = (byte) rest;
    return position;
  }
}
