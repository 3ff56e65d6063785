package dev.sluice.partitioning.sink;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link StatePiece}s of buffers.
 *
 * <p>A piece is a zstd frame with a checksum, of entries: a 1, a {@link StateEntry}, its rows, each
 * behind its length plus one as a varint, and a 0. Behind the last entry comes a 0. It is
 * compressed because Flink holds the state of a sink on the heap, twice for a time.
 */
final class StateWriter implements Closeable {
  /** Of rows, before compression: what a piece has when the next one is begun. */
  static final long PIECE_BYTES = 4L << 20;

  private static final int FASTEST = 1;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final List<StatePiece> pieces = new ArrayList<>();
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable DataOutputStream piece;
  private long written;

  /** An open buffer, in as many pieces as it takes. */
  void add(PartitionBuffer buffer) throws IOException {
    StateEntry entry = StateEntry.of(buffer);
    RowCursor rows = buffer.rows.cursor();
    boolean more = writeEntry(entry, rows, PIECE_BYTES);
    while (more) {
      entry = entry.withoutParts();
      more = writeEntry(entry, rows, PIECE_BYTES);
    }
  }

  /** An object that is cut, in one piece, for its name and its rows belong together. */
  void add(CutObject object) throws IOException {
    writeEntry(StateEntry.of(object), object.rows.cursor(), Long.MAX_VALUE);
  }

  List<StatePiece> finish() throws IOException {
    endPiece();
    return pieces;
  }

  /** Frees what a piece that was not finished holds outside of the heap. */
  @Override
  public void close() throws IOException {
    if (piece != null) {
      piece.close();
      piece = null;
    }
  }

  /** Returns whether there are rows that the piece had no room for. */
  private boolean writeEntry(StateEntry entry, RowCursor rows, long limit) throws IOException {
    DataOutputStream out = piece == null ? beginPiece() : piece;
    out.writeByte(1);
    entry.write(out);
    boolean full = false;
    while (!full && rows.next()) {
      writeVarint(rows.length() + 1L, out);
      out.write(rows.array(), rows.offset(), rows.length());
      written += rows.length();
      full = written >= limit;
    }
    out.writeByte(0);
    if (written >= PIECE_BYTES) {
      endPiece();
    }
    return full && rows.hasMore();
  }

  private DataOutputStream beginPiece() throws IOException {
    bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(bytes, FASTEST);
    zstd.setChecksum(true);
    DataOutputStream begun = new DataOutputStream(new BufferedOutputStream(zstd, BUFFER_BYTES));
    piece = begun;
    return begun;
  }

  private void endPiece() throws IOException {
    if (piece != null) {
      piece.writeByte(0);
      piece.close();
      pieces.add(new StatePiece(bytes.toByteArray()));
      piece = null;
      written = 0;
    }
  }

  private static void writeVarint(long value, DataOutputStream out) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }
}
