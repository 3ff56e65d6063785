package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Scalar JSON values to those of Avro.
 *
 * <p>Whole numbers may be written with a fraction of zero ({@code 5.0}); {@code float} and {@code
 * double} take any number in their range and round it; {@code bytes} and {@code fixed} are base64.
 * Logical types: {@link AvroLogicalValues}.
 */
final class AvroScalars {
  /** Above it, not every whole number is a double. */
  private static final double EXACT_DOUBLES = 1L << 53;

  private AvroScalars() {}

  static @Nullable Object convert(Schema schema, JsonNode value) throws UnfitRecordException {
    if (schema.getLogicalType() != null) {
      Object logical = AvroLogicalValues.convert(schema, value);
      if (logical != null) {
        return logical;
      }
    }
    switch (schema.getType()) {
      case NULL:
        require(value.isNull(), "null", value);
        return null;
      case BOOLEAN:
        require(value.isBoolean(), "a boolean", value);
        return value.booleanValue();
      case INT:
        return wholeInt(value);
      case LONG:
        return wholeLong(value);
      case FLOAT:
        require(value.isNumber(), "a number", value);
        require(Math.abs(value.doubleValue()) <= Float.MAX_VALUE, "a float", value);
        return value.floatValue();
      case DOUBLE:
        require(value.isNumber(), "a number", value);
        require(Double.isFinite(value.doubleValue()), "a double", value);
        return value.doubleValue();
      case STRING:
        return text(value);
      case ENUM:
        require(schema.hasEnumSymbol(text(value)), "a symbol of " + schema.getName(), value);
        return new GenericData.EnumSymbol(schema, value.textValue());
      case BYTES:
        return ByteBuffer.wrap(base64(value));
      case FIXED:
        return fixed(schema, value);
      default:
        throw new IllegalStateException("Not a scalar type: " + schema.getType());
    }
  }

  static int wholeInt(JsonNode value) throws UnfitRecordException {
    long whole = wholeLong(value);
    require(whole == (int) whole, "an int", value);
    return (int) whole;
  }

  static long wholeLong(JsonNode value) throws UnfitRecordException {
    require(
        value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong(),
        "a whole number in range",
        value);
    // What a double became on its way may be another number than what stood there.
    require(
        !value.isDouble() || Math.abs(value.doubleValue()) <= EXACT_DOUBLES,
        "a whole number in range",
        value);
    return value.longValue();
  }

  static String text(JsonNode value) throws UnfitRecordException {
    require(value.isTextual(), "a string", value);
    String text = value.textValue();
    requireUtf8(text);
    return text;
  }

  /** Half a surrogate pair would become a question mark. */
  static void requireUtf8(String text) throws UnfitRecordException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (!Character.isHighSurrogate(c)
            || i == text.length()
            || !Character.isLowSurrogate(text.charAt(i))) {
          throw new UnfitRecordException("holds half a surrogate pair, which UTF-8 cannot");
        }
      }
    }
  }

  static void require(boolean fits, String what, JsonNode value) throws UnfitRecordException {
    if (!fits) {
      throw unfit(what, value);
    }
  }

  static UnfitRecordException unfit(String what, JsonNode value) {
    String was = value.getNodeType().name().toLowerCase(Locale.ROOT);
    return new UnfitRecordException("must be " + what + ", but was another value of type " + was);
  }

  private static byte[] base64(JsonNode value) throws UnfitRecordException {
    require(value.isTextual(), "a string of base64", value);
    try {
      return Base64.getDecoder().decode(value.textValue());
    } catch (IllegalArgumentException e) {
      throw unfit("a string of base64", value);
    }
  }

  private static GenericData.Fixed fixed(Schema schema, JsonNode value)
      throws UnfitRecordException {
    byte[] bytes = base64(value);
    int size = schema.getFixedSize();
    require(bytes.length == size, "base64 of " + size + " bytes", value);
    return new GenericData.Fixed(schema, bytes);
  }
}
