package dev.sluice.partitioning.format;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that somebody else closes: closing this one writes out what it holds, no more. */
final class BorrowedStream extends FilterOutputStream {
  BorrowedStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    // The inherited one writes byte by byte.
    out.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
