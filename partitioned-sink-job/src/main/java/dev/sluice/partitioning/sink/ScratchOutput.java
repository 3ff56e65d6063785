package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes into an array that is there already; only what does not fit into it takes a larger one.
 */
final class ScratchOutput extends OutputStream {
  private byte[] bytes;
  private int size;

  ScratchOutput(byte[] scratch) {
    this.bytes = scratch;
  }

  int size() {
    return size;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.addExact(size, more) + size / 4);
    }
  }
}
