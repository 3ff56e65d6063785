package dev.sluice.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.common.source.generated.ticks.Tick;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The trades of the sample's file as plain Java sees them: late ones, and each other one once. */
final class SampleTicks {
  private static final long LATENESS = 5_000;

  final Set<Tick> unique = new LinkedHashSet<>();
  final List<Tick> late = new ArrayList<>();
  final List<Tick> copies = new ArrayList<>();

  static SampleTicks read() throws Exception {
    SampleTicks ticks = new SampleTicks();
    JsonMapper json = new JsonMapper();
    long newest = Long.MIN_VALUE / 2;
    for (String line : Files.readAllLines(SampleDay.FILE)) {
      JsonNode row = json.readTree(line);
      Tick tick =
          new Tick(
              row.get("event_id").asText(),
              row.get("ticker").asText(),
              row.get("price").asDouble(),
              row.get("volume").asLong(),
              LocalDateTime.parse(row.get("event_time").asText())
                  .toInstant(ZoneOffset.UTC)
                  .toEpochMilli());
      long behind = newest - LATENESS - tick.eventTime;
      if (Math.abs(behind) <= 1) {
        throw new IllegalStateException("On the edge of being late, so no example: " + line);
      }
      if (behind > 0) {
        ticks.late.add(tick);
      } else if (!ticks.unique.add(tick)) {
        ticks.copies.add(tick);
      }
      newest = Math.max(newest, tick.eventTime);
    }
    return ticks;
  }
}
