package dev.sluice.analytics.report;

/** A row of the ranking. Immutable. */
final class Ranked {
  final long windowStart;
  final long windowEnd;
  final long place;
  final String ticker;
  final long volume;

  Ranked(TableRows.Row row) {
    windowStart = row.time("window_start");
    windowEnd = row.time("window_end");
    place = row.count("place");
    ticker = row.text("ticker");
    volume = row.count("volume");
  }
}
