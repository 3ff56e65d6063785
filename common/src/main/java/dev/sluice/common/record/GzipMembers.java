package dev.sluice.common.record;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip in memory, member by member. The JDK's own stream takes bytes behind a member
 * that are no further one for the end, silently; here they are an error.
 *
 * <p>Holds native memory until it is closed. Not thread-safe.
 */
final class GzipMembers implements AutoCloseable {
  private static final int BUFFER = 8 * 1024;
  private static final int TRAILER = 8;

  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[BUFFER];
  private final CRC32 checksum = new CRC32();

  /**
   * What the members hold, one behind the other.
   *
   * @throws DataFormatException if the data is not gzip from the first byte to the last, or holds
   *     more than {@code maxBytes}
   */
  byte[] decompress(byte[] data, int maxBytes) throws DataFormatException {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream((int) Math.min(maxBytes, 64 + 4L * data.length));
    int position = 0;
    do {
      position = member(data, GzipHeader.end(data, position), out, maxBytes);
    } while (position < data.length);
    return out.toByteArray();
  }

  /** Decompresses a member whose header ends at {@code from}; returns where its trailer ends. */
  private int member(byte[] data, int from, ByteArrayOutputStream out, int maxBytes)
      throws DataFormatException {
    inflater.reset();
    inflater.setInput(data, from, data.length - from);
    checksum.reset();
    while (!inflater.finished()) {
      int count = inflater.inflate(buffer);
      if (count > maxBytes - out.size()) {
        throw new DataFormatException("it holds more than " + maxBytes + " bytes");
      }
      if (count == 0 && !inflater.finished()) {
        throw new DataFormatException("it ends early");
      }
      checksum.update(buffer, 0, count);
      out.write(buffer, 0, count);
    }
    int trailer = data.length - inflater.getRemaining();
    if (inflater.getRemaining() < TRAILER) {
      throw new DataFormatException("it ends early");
    }
    if (littleEndian(data, trailer) != (int) checksum.getValue()
        || littleEndian(data, trailer + 4) != (int) inflater.getBytesWritten()) {
      throw new DataFormatException("its checksum or length is wrong");
    }
    return trailer + TRAILER;
  }

  private static int littleEndian(byte[] data, int at) {
    return (data[at] & 0xff)
        | (data[at + 1] & 0xff) << 8
        | (data[at + 2] & 0xff) << 16
        | data[at + 3] << 24;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
