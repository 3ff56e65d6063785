package dev.sluice.analytics.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of a day in UTC; with the date if there are several days. Immutable. */
final class Clock {
  private final String date;

  Clock(long from, long to) {
    boolean oneDay = from <= to && date(from).equals(date(to));
    date = oneDay ? "" : "d MMM, ";
  }

  /** {@code 5 January 2026}. */
  static String date(long millis) {
    return format("d MMMM uuuu", millis);
  }

  /** {@code 14:20}. */
  String minute(long millis) {
    return format(date + "HH:mm", millis);
  }

  /** {@code 14:20:07}. */
  String second(long millis) {
    return format(date + "HH:mm:ss", millis);
  }

  private static String format(String pattern, long millis) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochMilli(millis));
  }
}
