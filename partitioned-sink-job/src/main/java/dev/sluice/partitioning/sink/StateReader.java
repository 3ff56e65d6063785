package dev.sluice.partitioning.sink;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote: an entry, then its rows, then the next entry. */
final class StateReader implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final DataInputStream in;

  StateReader(StatePiece piece) throws IOException {
    in =
        new DataInputStream(
            new BufferedInputStream(
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(piece.compressed())),
                BUFFER_BYTES));
  }

  /** The next entry, once all rows of the one before are read; null behind the last one. */
  @Nullable StateEntry nextEntry() throws IOException {
    if (in.readByte() != 0) {
      return StateEntry.read(in);
    }
    if (in.read() != -1) { // reads on to the checksum, too
      throw new IOException("Cannot read state: there is more behind its end");
    }
    return null;
  }

  /** The next row of the entry; null behind the last one. */
  byte @Nullable [] nextRow() throws IOException {
    long length = readVarint() - 1;
    if (length < 0) {
      return null;
    }
    byte[] row = new byte[(int) length];
    in.readFully(row);
    return row;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private long readVarint() throws IOException {
    long value = 0;
    int shift = 0;
    int read;
    do {
      read = in.readUnsignedByte();
      value |= (long) (read & 0x7f) << shift;
      shift += 7;
    } while ((read & 0x80) != 0);
    return value;
  }
}
