package dev.sluice.partitioning.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/** Avro's container files. Rows go in as they are. */
final class AvroFormat implements ObjectFormat {
  private static final long serialVersionUID = 1L;

  private final RecordSchema schema;
  private final AvroCodec codec;

  AvroFormat(RecordSchema schema, AvroCodec codec) {
    this.schema = schema;
    this.codec = codec;
  }

  @Override
  public String extension() {
    return ".avro";
  }

  /** A header stands only at the beginning of a file. */
  @Override
  public boolean isConcatenable() {
    return false;
  }

  @Override
  public void write(Rows rows, OutputStream out) throws IOException {
    try (DataFileWriter<Object> file =
        new DataFileWriter<>(new GenericDatumWriter<>(schema.avro()))) {
      file.setCodec(codec.factory());
      file.create(schema.avro(), new BorrowedStream(out));
      while (rows.next()) {
        file.appendEncoded(ByteBuffer.wrap(rows.array(), rows.offset(), rows.length()));
      }
    }
  }
}
