package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** What a field of time holds. */
public enum EventTimeKind {
  /** Seconds since the epoch; a number, or one as text; fractions are cut off. */
  EPOCH_SECONDS,
  /** Milliseconds since the epoch; a number, or one as text. */
  EPOCH_MILLIS,
  /** Text with date, time and offset, such as {@code 2021-08-31T20:39:43Z}. */
  ISO_8601;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private static final int DIGITS = 18;

  Instant read(JsonNode value, Object field) throws UnpartitionableException {
    try {
      if (this == ISO_8601 && value.isTextual()) {
        return OffsetDateTime.parse(value.textValue(), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toInstant();
      }
      if (this != ISO_8601 && (value.isNumber() || isNumber(value))) {
        double number =
            value.isNumber() ? value.doubleValue() : Double.parseDouble(value.textValue());
        return instant(number);
      }
    } catch (DateTimeException | NumberFormatException e) {
      // Told below, with the field's name.
    }
    throw new UnpartitionableException(
        String.format(
            "'%s' must be a time as %s, but is %s", field, this, JsonTypes.nameOf(value)));
  }

  /** Years of four digits only: others would make folders that nobody looks for. */
  private Instant instant(double number) {
    Instant time =
        this == EPOCH_SECONDS
            ? Instant.ofEpochSecond((long) Math.floor(number))
            : Instant.ofEpochMilli((long) Math.floor(number));
    if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 253_402_300_799L) {
      throw new DateTimeException("out of range");
    }
    return time;
  }

  private static boolean isNumber(JsonNode value) {
    return value.isTextual()
        && value.textValue().length() <= DIGITS
        && NUMBER.matcher(value.textValue()).matches();
  }
}
