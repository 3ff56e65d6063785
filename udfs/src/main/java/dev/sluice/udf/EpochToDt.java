package dev.sluice.udf;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code EPOCH_TO_DT(seconds [, zone])}: the {@code TIMESTAMP(3)} in UTC, or in a zone, of a number
 * of seconds since 1970-01-01T00:00:00Z. The years are 1 to 9999.
 */
public final class EpochToDt extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final long FIRST = LocalDateTime.of(1, 1, 2, 0, 0).toEpochSecond(ZoneOffset.UTC);
  private static final long END =
      LocalDateTime.of(9999, 12, 31, 0, 0).toEpochSecond(ZoneOffset.UTC);

  private final TimeZones zones = new TimeZones();

  /**
   * In UTC; NULL of NULL.
   *
   * @throws InvalidInputException if it is out of range
   */
  public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(@Nullable Long seconds) {
    return seconds == null ? null : at(seconds, ZoneOffset.UTC);
  }

  /**
   * In a zone; NULL if one of the two is NULL.
   *
   * @throws InvalidInputException if it is out of range, or there is no such zone
   */
  public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(
      @Nullable Long seconds, @Nullable String zone) {
    return seconds == null || zone == null ? null : at(seconds, zones.of(zone));
  }

  private static LocalDateTime at(long seconds, ZoneId zone) {
    if (seconds < FIRST || seconds >= END) {
      throw new InvalidInputException(
          "Seconds since the epoch must be of a year from 1 to 9999, but were '" + seconds + "'");
    }
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), zone);
  }
}
