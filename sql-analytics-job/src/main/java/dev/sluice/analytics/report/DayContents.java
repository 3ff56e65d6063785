package dev.sluice.analytics.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;

/**
 * The tables of a run, read from their files. Holds a time and a price per trade: some 16 MB per
 * million.
 */
final class DayContents {
  final Map<String, Stock> stocks = new TreeMap<>();
  final List<Drop> drops = new ArrayList<>();
  final List<Window> windows = new ArrayList<>();
  final List<Ranked> ranking = new ArrayList<>();
  long trades;
  long removed;
  long late;
  long volume;
  long from = Long.MAX_VALUE;
  long to = Long.MIN_VALUE;

  private DayContents() {}

  static DayContents read(Path folder) throws IOException {
    DayContents day = new DayContents();
    TableRows.forEach(new Path(folder, "trades"), day::trade);
    TableRows.forEach(new Path(folder, "late_trades"), day::late);
    TableRows.forEach(new Path(folder, "drop_alerts"), row -> day.drops.add(new Drop(row)));
    TableRows.forEach(new Path(folder, "volumes"), row -> day.windows.add(new Window(row)));
    TableRows.forEach(new Path(folder, "top_stocks"), row -> day.ranking.add(new Ranked(row)));
    day.stocks.values().forEach(Stock::sort);
    day.drops.sort(
        Comparator.<Drop>comparingLong(drop -> drop.to).thenComparing(drop -> drop.ticker));
    day.windows.sort(Comparator.comparingLong(window -> window.start));
    day.ranking.sort(
        Comparator.<Ranked>comparingLong(ranked -> ranked.windowStart)
            .thenComparingLong(ranked -> ranked.place));
    return day;
  }

  private void trade(TableRows.Row row) {
    Stock stock = stock(row);
    long time = row.time("event_time");
    long copies = row.count("copies") - 1;
    stock.add(time, row.price("price"));
    stock.volume += row.count("volume");
    stock.removed += copies;
    trades++;
    removed += copies;
    volume += row.count("volume");
    from = Math.min(from, time);
    to = Math.max(to, time);
  }

  private void late(TableRows.Row row) {
    stock(row).late++;
    late++;
  }

  private Stock stock(TableRows.Row row) {
    return stocks.computeIfAbsent(row.text("ticker"), Stock::new);
  }
}
