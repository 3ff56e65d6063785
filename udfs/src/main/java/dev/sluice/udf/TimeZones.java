package dev.sluice.udf;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Finds time zones by name, and the last one again at once. Used by one thread. */
final class TimeZones implements Serializable {
  private static final long serialVersionUID = 1L;

  private @Nullable String name;
  private @Nullable ZoneId zone;

  /**
   * The zone.
   *
   * @throws InvalidInputException if there is none of that name
   */
  ZoneId of(String wanted) {
    if (zone == null || !wanted.equals(name)) {
      try {
        zone = ZoneId.of(wanted);
        name = wanted;
      } catch (DateTimeException e) {
        throw new InvalidInputException("'" + wanted + "' is no time zone");
      }
    }
    return zone;
  }
}
