package dev.sluice.images.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Figures() {}

  /** {@code 12,345}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 image}, {@code 12,345 images}. */
  static String count(long number, String noun) {
    return count(number) + " " + (number == 1 ? noun : noun + "s");
  }

  /** {@code 13.4}. */
  static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  /** {@code 98.8 %}; 100.0 only if nothing is missing from it. */
  static String percent(double share) {
    double rounded = Math.round(share * 1_000) / 10.0;
    return decimal(share < 1 ? Math.min(99.9, rounded) : rounded) + " %";
  }

  /** {@code 6.1 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
  static String duration(Duration time) {
    if (time.compareTo(Duration.ofMinutes(1)) < 0) {
      return decimal(time.toMillis() / 1_000.0) + " s";
    }
    return time.compareTo(Duration.ofHours(1)) < 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** {@code 2.94 ms}: three digits that count. */
  static String millis(double millis) {
    String pattern = millis < 10 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%,.0f ms";
    return String.format(Locale.ROOT, pattern, millis);
  }

  /** {@code 812 B}, {@code 47.5 kB}, {@code 1.0 MB}, in powers of 1,000; {@code –} if negative. */
  static String bytes(long bytes) {
    if (bytes < 0) {
      return "–";
    }
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 999_950 ? decimal(bytes / 1e3) + " kB" : decimal(bytes / 1e6) + " MB";
  }

  /** {@code 23 November 2026, 18:56:11 UTC}. */
  static String time(Instant time) {
    return TIME.format(time);
  }
}
