package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** JSON records to Avro's binary encoding, by {@link AvroValues}'s rules. */
final class AvroRows implements RowEncoder {
  private static final long serialVersionUID = 1L;

  private final RecordSchema schema;
  private final UnknownFields unknown;
  private final boolean hasDecimals;
  private transient @Nullable AvroValues values;
  private transient @Nullable GenericDatumWriter<Object> writer;
  private transient @Nullable BinaryEncoder encoder;

  AvroRows(RecordSchema schema, UnknownFields unknown) {
    this.schema = schema;
    this.unknown = unknown;
    this.hasDecimals =
        hasDecimals(schema.avro(), Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** Not with decimals: the parsed record has doubles instead. */
  @Override
  public boolean readsJson() {
    return !hasDecimals;
  }

  @Override
  public byte[] encode(byte[] data, @Nullable JsonNode json) throws UnfitRecordException {
    if (values == null || writer == null) {
      values = new AvroValues(unknown);
      writer = new GenericDatumWriter<>(schema.avro());
    }
    JsonNode record = json == null || hasDecimals ? ExactJson.read(data) : json;
    Object row = values.convert(schema.avro(), record);
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length);
    try {
      encoder = EncoderFactory.get().binaryEncoder(out, encoder);
      writer.write(row, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write into memory", e);
    }
    return out.toByteArray();
  }

  private static boolean hasDecimals(Schema schema, Set<Schema> seen) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
      return true;
    }
    switch (schema.getType()) {
      case RECORD:
        // A record may hold itself.
        return seen.add(schema)
            && schema.getFields().stream().anyMatch(field -> hasDecimals(field.schema(), seen));
      case UNION:
        return schema.getTypes().stream().anyMatch(type -> hasDecimals(type, seen));
      case ARRAY:
        return hasDecimals(schema.getElementType(), seen);
      case MAP:
        return hasDecimals(schema.getValueType(), seen);
      default:
        return false;
    }
  }
}
