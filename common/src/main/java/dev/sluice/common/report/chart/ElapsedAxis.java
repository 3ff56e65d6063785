package dev.sluice.common.report.chart;

import java.util.Locale;

/** Times since a start. Stateless. */
final class ElapsedAxis {
  private static final long HOUR = 3_600;

  private ElapsedAxis() {}

  /** {@code 0:07}, {@code 12:30}, {@code 1:02:30}. */
  static String name(long millis) {
    long seconds = millis / 1_000;
    return seconds < HOUR
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / 60, seconds % 60);
  }
}
