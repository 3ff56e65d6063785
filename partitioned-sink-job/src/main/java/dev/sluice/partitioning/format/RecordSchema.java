package dev.sluice.partitioning.format;

import java.io.Serializable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schema of the rows of Avro and Parquet objects: an Avro record.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecordSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Avro's own writes and reads itself as JSON. */
  private final Schema schema;

  private RecordSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads an Avro schema.
   *
   * @param json the content of an {@code .avsc} file
   * @throws IllegalArgumentException if it is not the schema of a record with fields
   */
  public static RecordSchema parse(String json) {
    Schema schema;
    try {
      schema = new Schema.Parser().setValidateDefaults(true).parse(json);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("Cannot read Avro schema: " + e.getMessage(), e);
    }
    if (schema.getType() != Schema.Type.RECORD || schema.getFields().isEmpty()) {
      throw new IllegalArgumentException(
          "Avro schema must be a record with fields, but was '" + schema.getType().getName() + "'");
    }
    return new RecordSchema(schema);
  }

  Schema avro() {
    return schema;
  }

  /** Whether a record may hold another one of its own schema, at any depth. */
  boolean isRecursive() {
    return holdsOneOf(schema, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean holdsOneOf(Schema schema, Set<Schema> around) {
    switch (schema.getType()) {
      case RECORD:
        if (!around.add(schema)) {
          return true;
        }
        boolean holds =
            schema.getFields().stream().anyMatch(field -> holdsOneOf(field.schema(), around));
        around.remove(schema);
        return holds;
      case UNION:
        return schema.getTypes().stream().anyMatch(type -> holdsOneOf(type, around));
      case ARRAY:
        return holdsOneOf(schema.getElementType(), around);
      case MAP:
        return holdsOneOf(schema.getValueType(), around);
      default:
        return false;
    }
  }
}
