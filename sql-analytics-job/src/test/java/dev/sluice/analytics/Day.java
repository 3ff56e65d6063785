package dev.sluice.analytics;

import static dev.sluice.analytics.Results.number;

import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What the library's queries must give for a generated day, in plain Java. */
final class Day {
  private static final Comparator<Tick> IN_TIME =
      Comparator.comparingLong((Tick tick) -> tick.eventTime);

  private final List<Tick> ticks;

  Day(long seed, long number) {
    TickGenerator generator = TickGenerator.builder(seed).ticks(number).build();
    this.ticks = LongStream.range(0, number).mapToObj(generator::tick).toList();
  }

  Day(List<Tick> ticks) {
    this.ticks = List.copyOf(ticks);
  }

  List<String> uniqueTicks() {
    return sorted(
        new LinkedHashSet<>(ticks)
            .stream().map(t -> row(t.eventId, t.ticker, t.price, t.volume, t.eventTime)).toList());
  }

  /** All in the windows of a table, by ticker and start. */
  private Map<String, List<Tick>> windows(long size, long slide) {
    Map<String, List<Tick>> windows = new TreeMap<>();
    for (Tick tick : ticks) {
      long last = tick.eventTime - Math.floorMod(tick.eventTime, slide);
      for (long start = last; start > tick.eventTime - size; start -= slide) {
        windows
            .computeIfAbsent(
                tick.ticker + " " + start + " " + (start + size), w -> new ArrayList<>())
            .add(tick);
      }
    }
    return windows;
  }

  List<String> volumePerWindow(long size) {
    return each(
        windows(size, size),
        list ->
            row(
                list.size(),
                volume(list),
                list.stream().mapToDouble(t -> t.price).max().orElseThrow()));
  }

  List<String> ohlc(long size) {
    Comparator<Tick> order = IN_TIME.thenComparing(tick -> tick.eventId);
    return each(
        windows(size, size),
        list ->
            row(
                list.stream().min(order).orElseThrow().price,
                list.stream().mapToDouble(t -> t.price).max().orElseThrow(),
                list.stream().mapToDouble(t -> t.price).min().orElseThrow(),
                list.stream().max(order).orElseThrow().price,
                volume(list)));
  }

  List<String> alarms(long size, long slide, int moreThan) {
    Map<String, List<Tick>> windows = windows(size, slide);
    windows.values().removeIf(list -> list.size() <= moreThan);
    return each(windows, list -> row(list.size()));
  }

  List<String> topPerWindow(long size, int number) {
    Map<Long, Map<String, Long>> volumes = new TreeMap<>();
    for (Tick tick : ticks) {
      volumes
          .computeIfAbsent(
              tick.eventTime - Math.floorMod(tick.eventTime, size), w -> new TreeMap<>())
          .merge(tick.ticker, tick.volume, Long::sum);
    }
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
            rows.add(
                start
                    + " "
                    + (start + size)
                    + " "
                    + row(i + 1, best.get(i).getKey(), best.get(i).getValue()));
          }
        });
    return sorted(rows);
  }

  /** By trying every start for every row. */
  List<String> drops(double amount, long within) {
    List<String> rows = new ArrayList<>();
    Map<String, List<Tick>> byTicker =
        ticks.stream().sorted(IN_TIME).collect(Collectors.groupingBy(tick -> tick.ticker));
    for (List<Tick> list : byTicker.values()) {
      int from = 0;
      for (int c = 0; c < list.size(); c++) {
        Tick last = list.get(c);
        Tick first = null;
        for (int a = from; a < c; a++) {
          Tick start = list.get(a);
          boolean drop =
              start.price >= amount
                  && last.price <= start.price - amount
                  && last.eventTime - start.eventTime < within;
          if (drop && (first == null || start.price > first.price)) {
            first = start;
          }
        }
        if (first != null) {
          rows.add(
              row(first.ticker)
                  + " "
                  + first.eventTime
                  + " "
                  + last.eventTime
                  + " "
                  + row(first.price - last.price, first.price, last.price));
          from = c + 1;
        }
      }
    }
    return sorted(rows);
  }

  private static long volume(Collection<Tick> list) {
    return list.stream().mapToLong(tick -> tick.volume).sum();
  }

  private interface Cells {
    String of(List<Tick> list);
  }

  private static List<String> each(Map<String, List<Tick>> windows, Cells cells) {
    return sorted(
        windows.entrySet().stream().map(e -> e.getKey() + " " + cells.of(e.getValue())).toList());
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  /** Times go in as text: numbers are written with digits behind the point. */
  private static String row(Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      boolean time = cell instanceof Long millis && millis > 1_000_000_000_000L;
      texts.add(
          cell instanceof Number value && !time ? number(value.doubleValue()) : cell.toString());
    }
    return String.join(" ", texts);
  }
}
