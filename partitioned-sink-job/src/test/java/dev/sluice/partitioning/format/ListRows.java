package dev.sluice.partitioning.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Rows that stand somewhere inside of one array that is used again, as those of the sink do. */
public final class ListRows implements ObjectFormat.Rows {
  private static final int MARGIN = 3;

  private final Iterator<byte[]> rows;
  private byte[] array = new byte[0];
  private int length;

  ListRows(List<byte[]> rows) {
    this.rows = rows.iterator();
  }

  static ListRows of(String... rows) {
    return new ListRows(
        Arrays.stream(rows).map(row -> row.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** The object that a format makes of rows. */
  public static byte[] write(ObjectFormat format, List<byte[]> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(new ListRows(rows), out);
    return out.toByteArray();
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    byte[] row = rows.next();
    length = row.length;
    if (array.length < length + 2 * MARGIN) {
      array = new byte[length + 2 * MARGIN];
    }
    Arrays.fill(array, (byte) '#');
    System.arraycopy(row, 0, array, MARGIN, length);
    return true;
  }

  @Override
  public byte[] array() {
    return array;
  }

  @Override
  public int offset() {
    return MARGIN;
  }

  @Override
  public int length() {
    return length;
  }
}
