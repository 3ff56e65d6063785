package dev.sluice.common.record;

import java.util.zip.DataFormatException;

/** The header of a gzip member, as RFC 1952 has it. */
final class GzipHeader {
  private static final int FIXED_BYTES = 10;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private GzipHeader() {}

  /**
   * Where the header that begins at {@code from} ends.
   *
   * @throws DataFormatException if there is none
   */
  static int end(byte[] data, int from) throws DataFormatException {
    if (data.length - from < 2 || data[from] != 0x1f || data[from + 1] != (byte) 0x8b) {
      throw new DataFormatException("no gzip header at byte " + from);
    }
    requireBytes(data, from + FIXED_BYTES);
    int flags = data[from + 3];
    if (data[from + 2] != DEFLATE || (flags & RESERVED) != 0) {
      throw new DataFormatException("unknown method or flags at byte " + from);
    }
    int position = from + FIXED_BYTES;
    if ((flags & EXTRA) != 0) {
      requireBytes(data, position + 2);
      position += 2 + ((data[position] & 0xff) | (data[position + 1] & 0xff) << 8);
    }
    if ((flags & NAME) != 0) {
      position = afterZero(data, position);
    }
    if ((flags & COMMENT) != 0) {
      position = afterZero(data, position);
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      position += 2;
    }
    requireBytes(data, position);
    return position;
  }

  private static int afterZero(byte[] data, int from) throws DataFormatException {
    int position = from;
    do {
      requireBytes(data, position + 1);
    } while (data[position++] != 0);
    return position;
  }

  private static void requireBytes(byte[] data, int end) throws DataFormatException {
    if (end > data.length) {
      throw new DataFormatException("it ends early");
    }
  }
}
