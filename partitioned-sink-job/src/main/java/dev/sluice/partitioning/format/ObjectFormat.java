package dev.sluice.partitioning.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * How the rows of a partition become the bytes of an object.
 *
 * <p>Immutable and thread-safe: objects of many partitions are written at the same time.
 */
public interface ObjectFormat extends Serializable {
  /** What object names end with, dot included: {@code .json.gz}; empty for none. */
  String extension();

  /**
   * Whether what several calls of {@link #write} made, one behind the other, is a valid object too
   * (lines of text, members of gzip, frames of zstd). Then large objects are uploaded in parts
   * before they are complete.
   */
  boolean isConcatenable();

  /**
   * Writes rows as one object, or as a part of one if {@link #isConcatenable}.
   *
   * @param rows at least one; each in the form that this format's encoder gives
   * @param out not closed
   */
  void write(Rows rows, OutputStream out) throws IOException;

  /** Rows in the order of their arrival, to be walked through once. */
  interface Rows {
    /**
     * Moves to the next row.
     *
     * @return false behind the last one
     */
    boolean next() throws IOException;

    /** Array that holds the row; valid until {@link #next} is called again. */
    byte[] array();

    /** Where the row begins in the array. */
    int offset();

    /** Bytes of the row. */
    int length();
  }
}
