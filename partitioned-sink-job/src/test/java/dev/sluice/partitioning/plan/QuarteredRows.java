package dev.sluice.partitioning.plan;

import dev.sluice.partitioning.format.ObjectFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Shrinks rows to a quarter on every machine alike, which no compression does. */
final class QuarteredRows implements ObjectFormat {
  @Override
  public String extension() {
    return "";
  }

  @Override
  public boolean isConcatenable() {
    return true;
  }

  @Override
  public void write(Rows rows, OutputStream out) throws IOException {
    int bytes = 0;
    while (rows.next()) {
      bytes += rows.length();
    }
    out.write(new byte[bytes / 4]);
  }
}
