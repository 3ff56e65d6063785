package dev.sluice.partitioning.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bytes one behind the other, each with the same bytes behind it, compressed as one.
 *
 * <p>Immutable and thread-safe.
 */
final class TextFormat implements ObjectFormat {
  private static final long serialVersionUID = 1L;

  /** For the file systems whose every write is a system call or a lock. */
  private static final int BUFFER = 64 * 1024;

  private final byte[] rowEnd;
  private final byte @Nullable [] header;
  private final String kind;
  private final Compression compression;

  /**
   * An object format.
   *
   * @param kind extension before that of the compression, dot included; may be empty
   * @param header first line of every object, its end included; null for none
   * @param rowEnd what stands behind every row; may be empty
   */
  TextFormat(String kind, byte @Nullable [] header, byte[] rowEnd, Compression compression) {
    this.kind = kind;
    this.header = header == null ? null : header.clone();
    this.rowEnd = rowEnd.clone();
    this.compression = compression;
  }

  @Override
  public String extension() {
    return kind + compression.extension();
  }

  /** Not with a header: it would stand in the middle of the object again. */
  @Override
  public boolean isConcatenable() {
    return header == null && compression.isConcatenable();
  }

  @Override
  public void write(Rows rows, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(new BorrowedStream(out), BUFFER);
    try (OutputStream text = text(buffered)) {
      if (header != null) {
        text.write(header);
      }
      while (rows.next()) {
        text.write(rows.array(), rows.offset(), rows.length());
        text.write(rowEnd, 0, rowEnd.length);
      }
    }
  }

  /** One buffer is enough where nothing stands between two. */
  private OutputStream text(OutputStream buffered) throws IOException {
    return compression == Compression.UNCOMPRESSED
        ? buffered
        : new BufferedOutputStream(compression.into(buffered), BUFFER);
  }
}
