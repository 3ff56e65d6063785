package dev.sluice.analytics.report;

import dev.sluice.common.report.Cell;
import dev.sluice.common.report.Figures;
import dev.sluice.common.report.Piece;
import dev.sluice.common.report.Table;
import dev.sluice.common.report.chart.BarChart;
import dev.sluice.common.report.chart.LineChart;
import dev.sluice.common.report.chart.PieChart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Charts and tables of the page. */
final class DayCharts {
  /** Lines of a chart; more would not be told apart. */
  static final int LINES = 6;

  private static final int ALERTS = 100;
  private static final int STOCKS = 50;

  private final DayContents day;
  private final Clock clock;

  DayCharts(DayContents day) {
    this.day = day;
    this.clock = new Clock(day.from, day.to);
  }

  /** Stocks with the most trades first. */
  private List<Stock> ranked() {
    return day.stocks.values().stream()
        .sorted(
            Comparator.<Stock>comparingLong(stock -> -stock.volume)
                .thenComparing(stock -> stock.ticker))
        .collect(Collectors.toList());
  }

  String pricesNote() {
    return (day.stocks.size() > LINES ? "The " + LINES + " stocks with the highest volume. " : "")
        + "A red mark is the trade that completed a drop. Times are UTC.";
  }

  Piece prices() {
    LineChart chart = new LineChart("Prices", "USD");
    List<Stock> shown = ranked().stream().limit(LINES).collect(Collectors.toList());
    shown.forEach(stock -> chart.line(stock.ticker, stock.times(), stock.prices()));
    for (Drop drop : day.drops) {
      if (shown.stream().anyMatch(stock -> stock.ticker.equals(drop.ticker))) {
        chart.mark(
            drop.to,
            drop.lastPrice,
            String.format(
                "%s fell by %s, from %s to %s",
                drop.ticker,
                price(drop.initialPrice - drop.lastPrice),
                price(drop.initialPrice),
                price(drop.lastPrice)));
      }
    }
    return chart;
  }

  Piece alerts() {
    Table table = Table.of("Stock", "At", "Fell by", "From", "To", "In");
    for (Drop drop : day.drops.subList(0, Math.min(ALERTS, day.drops.size()))) {
      table.row(
          drop.ticker,
          Cell.number(clock.second(drop.to)),
          Cell.number(price(drop.initialPrice - drop.lastPrice)),
          Cell.number(price(drop.initialPrice)),
          Cell.number(price(drop.lastPrice)),
          Cell.number(minutes(drop.to - drop.from)));
    }
    return table;
  }

  String alertsNote() {
    return day.drops.isEmpty()
        ? "None: no price fell so much so fast."
        : day.drops.size() > ALERTS
            ? "The first " + ALERTS + "."
            : "At a time in UTC, in minutes and seconds.";
  }

  String volumesNote() {
    return day.windows.isEmpty()
        ? ""
        : "Shares that were traded in each "
            + span(day.windows.get(0).end - day.windows.get(0).start)
            + ", each trade once.";
  }

  /** Windows in which nothing was traded are no rows of the table, but bars of the chart. */
  Piece volumes() {
    List<String> labels = new ArrayList<>();
    List<Long> volumes = new ArrayList<>();
    long next = Long.MIN_VALUE;
    for (Window window : day.windows) {
      for (long start = next; next != Long.MIN_VALUE && start < window.start; ) {
        labels.add(clock.minute(start));
        volumes.add(0L);
        start += window.end - window.start;
      }
      labels.add(clock.minute(window.start));
      volumes.add(window.volume);
      next = window.end;
    }
    return new BarChart(
            "Volume per window",
            "Start of the window, UTC",
            labels.toArray(String[]::new),
            volumes.stream().mapToLong(Long::longValue).toArray())
        .acrossPage();
  }

  Piece shares() {
    PieChart chart = new PieChart("Volume by stock", "shares").slicesAre("Stock");
    day.stocks.values().forEach(stock -> chart.slice(stock.ticker, stock.volume));
    return chart;
  }

  String rankingNote() {
    return day.ranking.isEmpty()
        ? "Nothing was traded."
        : "By volume, in each "
            + span(day.ranking.get(0).windowEnd - day.ranking.get(0).windowStart)
            + ".";
  }

  Piece ranking() {
    Map<Long, List<Ranked>> windows = new TreeMap<>();
    day.ranking.forEach(
        ranked -> windows.computeIfAbsent(ranked.windowStart, w -> new ArrayList<>()).add(ranked));
    int places = windows.values().stream().mapToInt(List::size).max().orElse(0);
    String[] heads = new String[places + 1];
    heads[0] = "From";
    for (int place = 1; place <= places; place++) {
      heads[place] = String.valueOf(place);
    }
    Table table = Table.of(heads);
    windows.forEach(
        (start, rows) -> {
          Cell[] cells = new Cell[places];
          for (int place = 0; place < places; place++) {
            Ranked ranked = place < rows.size() ? rows.get(place) : null;
            cells[place] =
                Cell.number(
                    ranked == null ? "–" : ranked.ticker + " " + Figures.count(ranked.volume));
          }
          table.row(clock.minute(start), cells);
        });
    return table;
  }

  Piece stocks() {
    Table table = Table.of("Stock", "Trades", "Lowest", "Highest", "Copies", "Late");
    for (Stock stock : ranked().subList(0, Math.min(STOCKS, day.stocks.size()))) {
      boolean traded = stock.trades() > 0;
      table.row(
          stock.ticker,
          Cell.number(Figures.count(stock.trades())),
          Cell.number(traded ? price(stock.lowest) : "–"),
          Cell.number(traded ? price(stock.highest) : "–"),
          Cell.number(Figures.count(stock.removed)),
          Cell.number(Figures.count(stock.late)));
    }
    return table;
  }

  /** {@code 1:49}. */
  private static String minutes(long millis) {
    Duration time = Duration.ofMillis(millis);
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  private static String span(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (time.equals(Duration.ofHours(1))) {
      return "hour";
    }
    return time.toSeconds() % 60 == 0
        ? Figures.count(time.toMinutes(), "minute")
        : Figures.count(time.toSeconds(), "second");
  }

  static String price(double price) {
    return String.format(Locale.ROOT, "%,.2f", price);
  }
}
