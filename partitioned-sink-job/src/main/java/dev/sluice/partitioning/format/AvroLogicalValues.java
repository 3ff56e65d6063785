package dev.sluice.partitioning.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * JSON values to those of Avro's logical types.
 *
 * <p>Dates and times are either a string in ISO-8601 ({@code 2021-08-31}, {@code 20:39:43.25},
 * {@code 2021-08-31T20:39:43Z} with any offset, without one for local timestamps) or the number
 * that Avro has for them. Decimals are numbers or strings of digits. A fraction that is finer than
 * the type does not fit. Types that are not known here are taken as what they are based on.
 */
final class AvroLogicalValues {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICROS_PER_SECOND = 1_000_000;

  /** The number of digits that are read; the time for more grows with its square. */
  private static final int MAX_DIGITS = 1_000;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private AvroLogicalValues() {}

  /** The value; null if the logical type is not known. */
  static @Nullable Object convert(Schema schema, JsonNode value) throws UnfitRecordException {
    LogicalType type = schema.getLogicalType();
    if (type instanceof LogicalTypes.Decimal) {
      return decimal(schema, (LogicalTypes.Decimal) type, value);
    }
    if (type.getName().equals("uuid") && schema.getType() == Schema.Type.STRING) {
      String text = AvroScalars.text(value);
      AvroScalars.require(UUID.matcher(text).matches(), "a UUID", value);
      return text;
    }
    if (!value.isTextual()) {
      return null;
    }
    try {
      return time(type.getName(), value.textValue());
    } catch (DateTimeException | ArithmeticException e) {
      throw AvroScalars.unfit("a " + type.getName() + " in ISO-8601 and in range", value);
    }
  }

  private static @Nullable Object time(String type, String text) {
    switch (type) {
      case "date":
        return Math.toIntExact(LocalDate.parse(text).toEpochDay());
      case "time-millis":
        return (int) exactly(LocalTime.parse(text).toNanoOfDay(), NANOS_PER_MILLI);
      case "time-micros":
        return exactly(LocalTime.parse(text).toNanoOfDay(), NANOS_PER_MICRO);
      case "timestamp-millis":
        return millis(OffsetDateTime.parse(text).toInstant());
      case "timestamp-micros":
        return micros(OffsetDateTime.parse(text).toInstant());
      case "local-timestamp-millis":
        return millis(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      case "local-timestamp-micros":
        return micros(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
      default:
        return null;
    }
  }

  private static long millis(Instant instant) {
    exactly(instant.get(ChronoField.NANO_OF_SECOND), NANOS_PER_MILLI);
    return instant.toEpochMilli();
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), (long) MICROS_PER_SECOND),
        exactly(instant.getNano(), NANOS_PER_MICRO));
  }

  private static long exactly(long nanos, int unit) {
    if (nanos % unit != 0) {
      throw new ArithmeticException("The fraction is finer than the type");
    }
    return nanos / unit;
  }

  private static Object decimal(Schema schema, LogicalTypes.Decimal type, JsonNode value)
      throws UnfitRecordException {
    String what = "a decimal(" + type.getPrecision() + ", " + type.getScale() + ")";
    BigDecimal number = number(value, what);
    int wholeDigits = type.getPrecision() - type.getScale();
    // Before anything is written out: 1E+999999999 has as many digits.
    AvroScalars.require(
        number.scale() <= type.getScale()
            && (long) number.precision() - number.scale() <= wholeDigits,
        what,
        value);
    BigDecimal scaled = number.setScale(type.getScale());
    Conversions.DecimalConversion conversion = new Conversions.DecimalConversion();
    return schema.getType() == Schema.Type.FIXED
        ? conversion.toFixed(scaled, schema, type)
        : conversion.toBytes(scaled, schema, type);
  }

  /** Without zeros at its end. */
  private static BigDecimal number(JsonNode value, String what) throws UnfitRecordException {
    AvroScalars.require(value.isNumber() || value.isTextual(), what, value);
    AvroScalars.require(
        !value.isTextual() || value.textValue().length() <= MAX_DIGITS, what, value);
    try {
      BigDecimal number =
          value.isTextual() ? new BigDecimal(value.textValue()) : value.decimalValue();
      return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw AvroScalars.unfit(what, value);
    }
  }
}
