package dev.sluice.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.source.generated.ticks.Tick;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rows that the queries must give for some ticks, by plain loops, and those that they gave. */
final class TickAnalytics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TickAnalytics() {}

  /** A row per tick, duplicates too. */
  static List<String> all(Collection<Tick> ticks) {
    return ticks.stream()
        .map(tick -> row(tick.eventId, tick.ticker, tick.price, tick.volume, tick.eventTime))
        .sorted()
        .collect(Collectors.toList());
  }

  /** Number, volume and highest price of each stock and window. */
  static List<String> volumes(Collection<Tick> ticks, long size) {
    Map<String, List<Tick>> windows = new TreeMap<>();
    for (Tick tick : ticks) {
      add(windows, tick, Math.floorDiv(tick.eventTime, size) * size, size);
    }
    List<String> rows = new ArrayList<>();
    windows.forEach(
        (window, in) -> {
          LongSummaryStatistics volume = in.stream().mapToLong(t -> t.volume).summaryStatistics();
          double highest = in.stream().mapToDouble(t -> t.price).max().orElseThrow();
          rows.add(window + "|" + row(volume.getCount(), volume.getSum(), highest));
        });
    return rows.stream().sorted().collect(Collectors.toList());
  }

  /** Stocks and sliding windows with more than so many trades. */
  static List<String> alarms(Collection<Tick> ticks, long size, long slide, int above) {
    Map<String, List<Tick>> windows = new TreeMap<>();
    for (Tick tick : ticks) {
      long last = Math.floorDiv(tick.eventTime, slide) * slide;
      for (long start = last; start > tick.eventTime - size; start -= slide) {
        add(windows, tick, start, size);
      }
    }
    return windows.entrySet().stream()
        .filter(window -> window.getValue().size() > above)
        .map(window -> window.getKey() + "|" + window.getValue().size())
        .sorted()
        .collect(Collectors.toList());
  }

  private static void add(Map<String, List<Tick>> windows, Tick tick, long start, long size) {
    String window =
        row(tick.ticker, Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + size));
    windows.computeIfAbsent(window, key -> new ArrayList<>()).add(tick);
  }

  static String ofAll(String json) {
    JsonNode row = tree(json);
    return row(
        row.path("event_id").asText(),
        row.path("ticker").asText(),
        row.path("price").asDouble(),
        row.path("volume").asLong(),
        instant(row.path("event_time")).toEpochMilli());
  }

  static String ofVolumes(String json) {
    JsonNode row = tree(json);
    return window(row)
        + "|"
        + row(
            row.path("trades").asLong(),
            row.path("volume").asLong(),
            row.path("max_price").asDouble());
  }

  static String ofAlarms(String json) {
    JsonNode row = tree(json);
    return window(row) + "|" + row.path("trades").asLong();
  }

  private static String window(JsonNode row) {
    return row(
        row.path("ticker").asText(),
        instant(row.path("window_start")),
        instant(row.path("window_end")));
  }

  private static Instant instant(JsonNode time) {
    return LocalDateTime.parse(time.asText()).toInstant(ZoneOffset.UTC);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No whole row: " + json, e);
    }
  }

  private static String row(Object... cells) {
    return List.of(cells).stream().map(String::valueOf).collect(Collectors.joining("|"));
  }
}
