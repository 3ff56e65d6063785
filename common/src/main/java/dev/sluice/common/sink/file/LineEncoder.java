package dev.sluice.common.sink.file;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.serialization.Encoder;

/** Writes one line per record, and refuses a record that would become two. */
final class LineEncoder<T> implements Encoder<T> {
  private static final long serialVersionUID = 1L;

  private final LineFormat<T> format;

  LineEncoder(LineFormat<T> format) {
    this.format = format;
  }

  @Override
  public void encode(T record, OutputStream stream) throws IOException {
    byte[] line = format.format(record);
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n') {
        throw new IOException(
            "Cannot write a record of "
                + record.getClass().getName()
                + " as one line: line feed at byte "
                + i
                + " of "
                + line.length);
      }
    }
    stream.write(line);
    stream.write('\n');
  }
}
