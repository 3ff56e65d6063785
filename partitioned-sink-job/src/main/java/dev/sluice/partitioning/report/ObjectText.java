package dev.sluice.partitioning.report;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.apache.flink.core.fs.Path;
import org.xerial.snappy.SnappyFramedInputStream;

/**
 * The lines of an object of text, whatever its name: how it is compressed is told by its first
 * bytes. Not thread-safe.
 */
final class ObjectText implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 10;

  private final InputStream in;

  private ObjectText(InputStream in) {
    this.in = in;
  }

  /** Takes one line, without its end. */
  interface LineConsumer {
    void accept(byte[] line) throws IOException;
  }

  /**
   * Opens an object.
   *
   * @return empty if it is compressed in another way than gzip, zstd, zip and snappy's framing, or
   *     is no text
   */
  static Optional<ObjectText> open(Path path) throws IOException {
    InputStream raw = new BufferedInputStream(path.getFileSystem().open(path), BUFFER);
    try {
      Optional<InputStream> text = text(raw);
      if (text.isPresent()) {
        return Optional.of(new ObjectText(new BufferedInputStream(text.get(), BUFFER)));
      }
      raw.close();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static Optional<InputStream> text(InputStream raw) throws IOException {
    raw.mark(MAGIC);
    byte[] start = raw.readNBytes(MAGIC);
    raw.reset();
    if (begins(start, 0x1F, 0x8B)) {
      return Optional.of(new GZIPInputStream(raw, BUFFER));
    }
    if (begins(start, 0x28, 0xB5, 0x2F, 0xFD)) {
      return Optional.of(new ZstdInputStreamNoFinalizer(raw));
    }
    if (begins(start, 'P', 'K', 3, 4)) {
      ZipInputStream zip = new ZipInputStream(raw);
      var unused = zip.getNextEntry();
      return Optional.of(zip);
    }
    if (begins(start, 0xFF, 0x06, 0x00, 0x00, 's', 'N')) {
      return Optional.of(new SnappyFramedInputStream(raw));
    }
    return isText(start) ? Optional.of(raw) : Optional.empty();
  }

  private static boolean begins(byte[] start, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= start.length || start[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Hadoop's snappy begins with a length, whose first byte is 0; so does no JSON. */
  private static boolean isText(byte[] start) {
    for (byte b : start) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  /** Lines; the last one needs no end. */
  long countLines() throws IOException {
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    byte last = '\n';
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
      last = n > 0 ? buffer[n - 1] : last;
    }
    return last == '\n' ? lines : lines + 1;
  }

  void forEachLine(LineConsumer consumer) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != '\n') {
        line.write(next);
        continue;
      }
      consumer.accept(line.toByteArray());
      line.reset();
    }
    if (line.size() > 0) {
      consumer.accept(line.toByteArray());
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
