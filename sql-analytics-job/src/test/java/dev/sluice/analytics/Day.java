package dev.sluice.analytics;

import static dev.sluice.analytics.Results.number;

import dev.sluice.common.operator.drop.DropAlert;
import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the library's queries must give for a generated day, in plain Java.
 *
 * <p>The day is made anew for each question: a million trades do not stay in memory.
 */
final class Day {
  private final TickGenerator generator;
  private final long seed;
  private final long number;

  Day(long seed, long number) {
    this.generator = TickGenerator.builder(seed).ticks(number).build();
    this.seed = seed;
    this.number = number;
  }

  TickGenerator generator() {
    return generator;
  }

  private Stream<Tick> ticks() {
    return LongStream.range(0, number).mapToObj(generator::tick);
  }

  List<String> uniqueTicks() {
    return ticks().map(Day::uniqueTick).distinct().sorted().toList();
  }

  /** Whether rows are each trade once, for so many that they would fill the memory. */
  final class UniqueTicks {
    private final BitSet seen = new BitSet();
    private final List<String> mistakes = new ArrayList<>();

    /** Takes the next row, in any order: columns with blanks between. */
    void see(String row) {
      int index = Integer.parseInt(row.substring((seed + "-").length(), row.indexOf(' ')));
      if (!row.equals(uniqueTick(generator.tick(index))) || seen.get(index)) {
        mistakes.add("wrong or twice: " + row);
      }
      seen.set(index);
    }

    /** When all rows are seen; empty if all is as it must be. */
    List<String> mistakes() {
      for (int index = 0; index < number; index++) {
        if (!generator.isDuplicate(index) && !seen.get(index)) {
          mistakes.add("missing: " + uniqueTick(generator.tick(index)));
        }
      }
      return mistakes;
    }
  }

  private static String uniqueTick(Tick tick) {
    return row(tick.eventId, tick.ticker, tick.price, tick.volume, tick.eventTime);
  }

  /** Of each stock in each window, by ticker, start and end. */
  private Map<String, Bar> bars(long size, long slide) {
    Map<String, Map<Long, Bar>> bars = new HashMap<>();
    ticks()
        .forEach(
            tick -> {
              Map<Long, Bar> own = bars.computeIfAbsent(tick.ticker, any -> new HashMap<>());
              long last = tick.eventTime - Math.floorMod(tick.eventTime, slide);
              for (long start = last; start > tick.eventTime - size; start -= slide) {
                own.computeIfAbsent(start, any -> new Bar()).add(tick);
              }
            });
    Map<String, Bar> all = new HashMap<>();
    bars.forEach(
        (ticker, own) ->
            own.forEach((start, bar) -> all.put(row(ticker, start, start + size), bar)));
    return all;
  }

  private static List<String> each(Map<String, Bar> bars, BiFunction<String, Bar, String> row) {
    return bars.entrySet().stream()
        .map(window -> row.apply(window.getKey(), window.getValue()))
        .sorted()
        .toList();
  }

  List<String> volumePerWindow(long size) {
    return each(
        bars(size, size), (window, bar) -> window + " " + row(bar.trades, bar.volume, bar.high));
  }

  /** Number and volume of the trades of each stock in each window. */
  List<String> volumes(long size) {
    return each(bars(size, size), (window, bar) -> window + " " + row(bar.trades, bar.volume));
  }

  /**
   * The same from rows of windows, and of trades that are not in them.
   *
   * @param windows ticker, start, end, trades, volume
   * @param others id, ticker, price, volume, time
   */
  static List<String> volumes(List<String> windows, List<String> others, long size) {
    Map<String, double[]> sums = new HashMap<>();
    for (String window : windows) {
      String[] cells = window.split(" ", -1);
      String key = String.join(" ", cells[0], cells[1], cells[2]);
      add(sums, key, Double.parseDouble(cells[3]), Double.parseDouble(cells[4]));
    }
    for (String other : others) {
      String[] cells = other.split(" ", -1);
      long time = Long.parseLong(cells[4]);
      long start = time - Math.floorMod(time, size);
      add(sums, row(cells[1], start, start + size), 1, Double.parseDouble(cells[3]));
    }
    return sums.entrySet().stream()
        .map(sum -> sum.getKey() + " " + row(sum.getValue()[0], sum.getValue()[1]))
        .sorted()
        .toList();
  }

  private static void add(Map<String, double[]> sums, String key, double trades, double volume) {
    double[] sum = sums.computeIfAbsent(key, any -> new double[2]);
    sum[0] += trades;
    sum[1] += volume;
  }

  List<String> ohlc(long size) {
    return each(
        bars(size, size),
        (window, bar) ->
            window + " " + row(bar.first().price, bar.high, bar.low, bar.last().price, bar.volume));
  }

  List<String> vwap(long size) {
    return each(bars(size, size), (window, bar) -> window + " " + row(bar.vwap(), bar.volume));
  }

  List<String> alarms(long size, long slide, int moreThan) {
    Map<String, Bar> bars = bars(size, slide);
    bars.values().removeIf(bar -> bar.trades <= moreThan);
    return each(bars, (window, bar) -> window + " " + row(bar.trades));
  }

  List<String> topPerWindow(long size, int number) {
    Map<Long, Map<String, Long>> volumes = new TreeMap<>();
    ticks()
        .forEach(
            tick ->
                volumes
                    .computeIfAbsent(
                        tick.eventTime - Math.floorMod(tick.eventTime, size), w -> new TreeMap<>())
                    .merge(tick.ticker, tick.volume, Long::sum));
    List<String> rows = new ArrayList<>();
    volumes.forEach(
        (start, byTicker) -> {
          List<Map.Entry<String, Long>> best =
              byTicker.entrySet().stream()
                  .sorted(
                      Map.Entry.<String, Long>comparingByValue()
                          .reversed()
                          .thenComparing(Map.Entry.comparingByKey()))
                  .limit(number)
                  .toList();
          for (int i = 0; i < best.size(); i++) {
            rows.add(row(start, start + size, i + 1, best.get(i).getKey(), best.get(i).getValue()));
          }
        });
    return rows.stream().sorted().toList();
  }

  /** By trying every start for every row that is low enough to end a drop of its stock. */
  List<String> drops(double amount, long within) {
    return drops(ticks(), amount, within);
  }

  /** The same for other trades, in the order of arrival. */
  static List<String> drops(Stream<Tick> ticks, double amount, long within) {
    Map<String, List<Tick>> byTicker = new HashMap<>();
    ticks
        .map(tick -> new Tick("", tick.ticker.intern(), tick.price, 0, tick.eventTime))
        .forEach(tick -> byTicker.computeIfAbsent(tick.ticker, any -> new ArrayList<>()).add(tick));
    List<String> rows = new ArrayList<>();
    byTicker.forEach(
        (ticker, own) -> {
          own.sort(Comparator.comparingLong(tick -> tick.eventTime));
          double highest = own.stream().mapToDouble(tick -> tick.price).max().orElseThrow();
          int from = 0;
          for (int end = 0; end < own.size(); end++) {
            Tick last = own.get(end);
            Tick first =
                last.price > highest - amount ? null : start(own, from, end, amount, within);
            if (first != null) {
              rows.add(
                  row(
                      ticker,
                      first.eventTime,
                      last.eventTime,
                      first.price - last.price,
                      first.price,
                      last.price));
              from = end + 1;
            }
          }
        });
    return rows.stream().sorted().toList();
  }

  /** As {@link #drops} tells it. */
  static String drop(DropAlert alert) {
    return row(
        alert.key,
        alert.initialPriceTime,
        alert.dropTime,
        alert.dropDiff,
        alert.initialPrice,
        alert.lastPrice);
  }

  private static Tick start(List<Tick> ticks, int from, int end, double amount, long within) {
    Tick last = ticks.get(end);
    Tick first = null;
    for (int a = from; a < end; a++) {
      Tick start = ticks.get(a);
      boolean drop =
          start.price >= amount
              && last.price <= start.price - amount
              && last.eventTime - start.eventTime < within;
      if (drop && (first == null || start.price > first.price)) {
        first = start;
      }
    }
    return first;
  }

  /** Numbers are written with digits behind the point, but not times. */
  private static String row(Object... cells) {
    StringBuilder row = new StringBuilder();
    for (Object cell : cells) {
      boolean time = cell instanceof Long millis && millis > 1_000_000_000_000L;
      row.append(row.isEmpty() ? "" : " ")
          .append(cell instanceof Number value && !time ? number(value.doubleValue()) : cell);
    }
    return row.toString();
  }
}
