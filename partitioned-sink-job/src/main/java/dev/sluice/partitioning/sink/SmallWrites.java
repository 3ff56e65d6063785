package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers small writes into large ones, without the lock of {@code BufferedOutputStream}. Not
 * thread-safe; does not close what it writes to.
 */
final class SmallWrites extends OutputStream {
  private final OutputStream out;
  private final byte[] buffer;
  private int size;

  /**
   * @param bytes that are gathered, at least 1
   */
  SmallWrites(OutputStream out, int bytes) {
    this.out = out;
    this.buffer = new byte[bytes];
  }

  @Override
  public void write(int value) throws IOException {
    if (size == buffer.length) {
      drain();
    }
    buffer[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (length > buffer.length - size) {
      drain();
      if (length >= buffer.length) {
        out.write(source, offset, length);
        return;
      }
    }
    System.arraycopy(source, offset, buffer, size, length);
    size += length;
  }

  @Override
  public void flush() throws IOException {
    drain();
    out.flush();
  }

  private void drain() throws IOException {
    if (size > 0) {
      out.write(buffer, 0, size);
      size = 0;
    }
  }
}
