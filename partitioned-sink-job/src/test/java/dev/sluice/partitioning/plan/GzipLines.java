package dev.sluice.partitioning.plan;

import dev.sluice.partitioning.format.ObjectFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Lines of text in one gzip member. */
final class GzipLines implements ObjectFormat {
  @Override
  public String extension() {
    return ".gz";
  }

  @Override
  public boolean isConcatenable() {
    return true;
  }

  @Override
  public void write(Rows rows, OutputStream out) throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(out);
    while (rows.next()) {
      gzip.write(rows.array(), rows.offset(), rows.length());
      gzip.write('\n');
    }
    gzip.finish();
  }
}
