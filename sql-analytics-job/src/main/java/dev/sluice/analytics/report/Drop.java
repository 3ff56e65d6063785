package dev.sluice.analytics.report;

/** A row of the table of alerts. Immutable. */
final class Drop {
  final String ticker;
  final long from;
  final long to;
  final double initialPrice;
  final double lastPrice;

  Drop(TableRows.Row row) {
    ticker = row.text("ticker");
    from = row.time("initial_price_time");
    to = row.time("drop_time");
    initialPrice = row.price("initial_price");
    lastPrice = row.price("last_price");
  }
}
