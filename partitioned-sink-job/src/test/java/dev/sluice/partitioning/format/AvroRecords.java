package dev.sluice.partitioning.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** JSON records through the encoder and back through Avro's own reader. */
final class AvroRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AvroRecords() {}

  static void assertUnfit(String schema, String record, String message) {
    assertThatExceptionOfType(UnfitRecordException.class)
        .isThrownBy(() -> decode(schema, record))
        .withMessage(message);
  }

  static GenericRecord decode(String schema, String record) throws Exception {
    return decode(schema, record, UnknownFields.REJECT);
  }

  static GenericRecord decode(String schema, String record, UnknownFields unknown)
      throws Exception {
    byte[] data = record.getBytes(UTF_8);
    RowEncoder rows = encoder(schema, unknown);
    byte[] row = rows.encode(data, rows.readsJson() ? JSON.readTree(data) : null);
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(RecordSchema.parse(schema).avro());
    var decoder = DecoderFactory.get().binaryDecoder(row, null);
    GenericRecord decoded = reader.read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    return decoded;
  }

  static RowEncoder encoder(String schema, UnknownFields unknown) {
    return ObjectFormats.avro(RecordSchema.parse(schema), unknown, AvroCodec.UNCOMPRESSED).rows();
  }

  static String logical(String type, String logical) {
    return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}";
  }

  static String schema(String type) {
    return field("{\"name\":\"a\",\"type\":" + type + "}");
  }

  static String field(String field) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field + "]}";
  }
}
