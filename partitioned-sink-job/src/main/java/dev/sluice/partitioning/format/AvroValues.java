package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * JSON values to those of Avro's generic API, strictly: what would have to be changed to fit does
 * not fit.
 *
 * <p>A field's value has the field's name in the record, or that of its property {@code jsonName},
 * for names that Avro does not allow. A missing field takes the schema's default, or else null if
 * the schema has it. Of a union, null takes null and every other value the first branch that it
 * fits. Scalars and logical types: {@link AvroScalars}.
 *
 * <p>Not thread-safe.
 */
final class AvroValues {
  private static final String JSON_NAME = "jsonName";
  private static final int NAME_IN_MESSAGE = 100;

  private final UnknownFields unknown;

  AvroValues(UnknownFields unknown) {
    this.unknown = unknown;
  }

  @Nullable Object convert(Schema schema, JsonNode value) throws UnfitRecordException {
    switch (schema.getType()) {
      case RECORD:
        return record(schema, value);
      case ARRAY:
        return array(schema, value);
      case MAP:
        return map(schema, value);
      case UNION:
        return branch(schema, value);
      default:
        return AvroScalars.convert(schema, value);
    }
  }

  private GenericData.Record record(Schema schema, JsonNode value) throws UnfitRecordException {
    if (!value.isObject()) {
      throw AvroScalars.unfit("an object", value);
    }
    GenericData.Record record = new GenericData.Record(schema);
    int known = 0;
    for (Schema.Field field : schema.getFields()) {
      String name = jsonName(field);
      JsonNode child = value.get(name);
      if (child == null) {
        record.put(field.pos(), missing(field, name));
        continue;
      }
      known++;
      try {
        record.put(field.pos(), convert(field.schema(), child));
      } catch (UnfitRecordException e) {
        throw e.in(name);
      }
    }
    if (known < value.size() && unknown == UnknownFields.REJECT) {
      throw new UnfitRecordException("is not in the schema").in(firstUnknown(schema, value));
    }
    return record;
  }

  private static @Nullable Object missing(Schema.Field field, String name)
      throws UnfitRecordException {
    if (field.hasDefaultValue()) {
      return GenericData.get().getDefaultValue(field);
    }
    if (field.schema().isNullable()) {
      return null;
    }
    throw new UnfitRecordException("is missing").in(name);
  }

  private static String firstUnknown(Schema schema, JsonNode value) {
    List<String> names = new ArrayList<>();
    schema.getFields().forEach(field -> names.add(jsonName(field)));
    Iterator<String> given = value.fieldNames();
    String name = given.next();
    while (names.contains(name)) {
      name = given.next();
    }
    return name.length() <= NAME_IN_MESSAGE ? name : name.substring(0, NAME_IN_MESSAGE) + "…";
  }

  private static String jsonName(Schema.Field field) {
    String name = field.getProp(JSON_NAME);
    return name == null ? field.name() : name;
  }

  private GenericData.Array<Object> array(Schema schema, JsonNode value)
      throws UnfitRecordException {
    if (!value.isArray()) {
      throw AvroScalars.unfit("an array", value);
    }
    GenericData.Array<Object> array = new GenericData.Array<>(value.size(), schema);
    for (int i = 0; i < value.size(); i++) {
      try {
        array.add(convert(schema.getElementType(), value.get(i)));
      } catch (UnfitRecordException e) {
        throw e.in("[" + i + "]");
      }
    }
    return array;
  }

  private Map<String, @Nullable Object> map(Schema schema, JsonNode value)
      throws UnfitRecordException {
    if (!value.isObject()) {
      throw AvroScalars.unfit("an object", value);
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      AvroScalars.requireUtf8(entry.getKey());
      try {
        map.put(entry.getKey(), convert(schema.getValueType(), entry.getValue()));
      } catch (UnfitRecordException e) {
        // Keys of a map are data.
        throw e.in("[…]");
      }
    }
    return map;
  }

  private @Nullable Object branch(Schema schema, JsonNode value) throws UnfitRecordException {
    if (value.isNull() && schema.isNullable()) {
      return null;
    }
    UnfitRecordException first = null;
    for (Schema type : schema.getTypes()) {
      if (type.getType() == Schema.Type.NULL) {
        continue;
      }
      try {
        return convert(type, value);
      } catch (UnfitRecordException e) {
        first = first == null ? e : new UnfitRecordException("fits no type of the union");
      }
    }
    throw first == null ? AvroScalars.unfit("null", value) : first;
  }
}
