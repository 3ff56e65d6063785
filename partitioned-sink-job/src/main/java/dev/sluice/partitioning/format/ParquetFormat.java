package dev.sluice.partitioning.format;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.TypeUtil;

/**
 * Parquet from rows in Avro's binary encoding. While an object is written, a row group of it is in
 * memory, beside the rows.
 */
final class ParquetFormat implements ObjectFormat {
  private static final long serialVersionUID = 1L;

  /** Shared, since each one holds a copy of everything it was ever asked; never changed. */
  private static final Configuration CONFIGURATION = configuration();

  private final RecordSchema schema;
  private final ParquetCodec codec;
  private final int rowGroupBytes;

  /**
   * A format.
   *
   * @throws IllegalArgumentException if Parquet cannot hold the schema
   */
  ParquetFormat(RecordSchema schema, ParquetCodec codec, int rowGroupBytes) {
    this.schema = schema;
    this.codec = codec;
    this.rowGroupBytes = rowGroupBytes;
    if (schema.isRecursive()) {
      // The converter would overflow the stack.
      throw new IllegalArgumentException(unfit() + "a record in it holds itself");
    }
    try {
      TypeUtil.checkValidWriteSchema(new AvroSchemaConverter(CONFIGURATION).convert(schema.avro()));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(unfit() + e.getMessage(), e);
    }
  }

  private String unfit() {
    return "Parquet cannot hold schema '" + schema.avro().getFullName() + "': ";
  }

  @Override
  public String extension() {
    return ".parquet";
  }

  /** The footer says where everything is. */
  @Override
  public boolean isConcatenable() {
    return false;
  }

  @Override
  public void write(Rows rows, OutputStream out) throws IOException {
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema.avro());
    BinaryDecoder decoder = null;
    GenericRecord record = null;
    try (ParquetWriter<GenericRecord> file = open(out)) {
      while (rows.next()) {
        decoder =
            DecoderFactory.get().binaryDecoder(rows.array(), rows.offset(), rows.length(), decoder);
        record = reader.read(record, decoder);
        file.write(record);
      }
    }
  }

  private ParquetWriter<GenericRecord> open(OutputStream out) throws IOException {
    return AvroParquetWriter.<GenericRecord>builder(new StreamOutputFile(out))
        .withSchema(schema.avro())
        .withDataModel(GenericData.get())
        .withConf(CONFIGURATION)
        .withCompressionCodec(codec.parquetName())
        .withRowGroupSize((long) rowGroupBytes)
        .build();
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    // Lists as the format's specification has them; the old form cannot hold null.
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    return configuration;
  }
}
