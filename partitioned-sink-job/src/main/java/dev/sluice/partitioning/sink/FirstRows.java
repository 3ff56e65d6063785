package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;

/** The next rows of a cursor, up to the one with which they reach so many bytes. */
final class FirstRows implements ObjectFormat.Rows {
  private final RowCursor rows;
  private final long end;

  FirstRows(RowCursor rows, long bytes) {
    this.rows = rows;
    this.end = rows.passedBytes() + bytes;
  }

  @Override
  public boolean next() {
    return rows.passedBytes() < end && rows.next();
  }

  @Override
  public byte[] array() {
    return rows.array();
  }

  @Override
  public int offset() {
    return rows.offset();
  }

  @Override
  public int length() {
    return rows.length();
  }
}
