package dev.sluice.common.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and paths as people read them. */
public final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB"};

  private Figures() {}

  /** {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 image}, {@code 12,345 images}. */
  public static String count(long number, String noun) {
    return count(number) + " " + (number == 1 ? noun : noun + "s");
  }

  /** {@code 13.4}. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  /** {@code 98.8 %}; 100.0 only if nothing is missing from it. */
  public static String percent(double share) {
    double rounded = Math.round(share * 1_000) / 10.0;
    return decimal(share < 1 ? Math.min(99.9, rounded) : rounded) + " %";
  }

  /** {@code 6.1 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
  public static String duration(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return decimal(time.toMillis() / 1_000.0) + " s";
    }
    return time.compareTo(Duration.ofHours(1)) < 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** {@code 2.94 ms}: three digits that count. */
  public static String millis(double millis) {
    String pattern = millis < 10 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%,.0f ms";
    return String.format(Locale.ROOT, pattern, millis);
  }

  /**
   * {@code 812 B}, {@code 47.5 kB}, {@code 1.0 MB}, up to TB, in powers of 1,000; {@code –} if
   * negative.
   */
  public static String bytes(long bytes) {
    if (bytes < 0) {
      return "–";
    }
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double amount = bytes / 1e3;
    int unit = 0;
    while (amount >= 999.95 && unit < BYTE_UNITS.length - 1) {
      amount /= 1e3;
      unit++;
    }
    return decimal(amount) + " " + BYTE_UNITS[unit];
  }

  /** A count that fits above a bar: {@code 9,999}, {@code 12 k}, {@code 1.2 M}. */
  public static String shortCount(long value) {
    if (value < 10_000) {
      return count(value);
    }
    return value < 999_500 ? Math.round(value / 1e3) + " k" : decimal(value / 1e6) + " M";
  }

  /** The last two parts of a path: {@code cats/2.jpg}. */
  public static String shortName(String path) {
    int end = path.lastIndexOf('/');
    String folder = end < 0 ? "" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    String name = path.substring(end + 1);
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** {@code 23 November 2026, 18:56:11 UTC}. */
  public static String time(Instant time) {
    return TIME.format(time);
  }
}
