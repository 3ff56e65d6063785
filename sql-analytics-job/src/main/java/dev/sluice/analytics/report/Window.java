package dev.sluice.analytics.report;

/** A row of the volume per window. Immutable. */
final class Window {
  final long start;
  final long end;
  final long volume;

  Window(TableRows.Row row) {
    start = row.time("window_start");
    end = row.time("window_end");
    volume = row.count("volume");
  }
}
