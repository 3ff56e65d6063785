package dev.sluice.partitioning.sink;

import dev.sluice.partitioning.format.ObjectFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Rows as lines of text. */
final class Lines implements ObjectFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public String extension() {
    return ".txt";
  }

  @Override
  public boolean isConcatenable() {
    return true;
  }

  @Override
  public void write(Rows rows, OutputStream out) throws IOException {
    while (rows.next()) {
      out.write(rows.array(), rows.offset(), rows.length());
      out.write('\n');
    }
  }
}
