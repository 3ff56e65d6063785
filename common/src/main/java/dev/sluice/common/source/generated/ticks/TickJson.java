package dev.sluice.common.source.generated.ticks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes a tick as one line of JSON without a line end, with the fields of the posts and two more:
 *
 * <pre>{@code
 * {"event_time":"2026-01-05T14:30:00.017","ticker":"AMZN","price":1201.5,"volume":7,"event_id":"42-0"}
 * }</pre>
 *
 * <p>The time is in UTC; Flink's JSON format reads it as {@code TIMESTAMP(3)} with {@code
 * 'json.timestamp-format.standard' = 'ISO-8601'}. Used by one thread.
 */
final class TickJson {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private final StringBuilder line = new StringBuilder(128);
  private long second = Long.MIN_VALUE;
  private String secondText = "";

  byte[] write(Tick tick) {
    line.setLength(0);
    line.append("{\"event_time\":\"");
    appendTime(tick.eventTime);
    line.append("\",\"ticker\":\"").append(tick.ticker);
    line.append("\",\"price\":").append(tick.price);
    line.append(",\"volume\":").append(tick.volume);
    line.append(",\"event_id\":\"").append(tick.eventId).append("\"}");
    return line.toString().getBytes(US_ASCII);
  }

  private void appendTime(long time) {
    if (Math.floorDiv(time, 1_000L) != second) {
      second = Math.floorDiv(time, 1_000L);
      secondText = SECONDS.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
    }
    int millis = Math.floorMod(time, 1_000);
    line.append(secondText).append('.');
    line.append((char) ('0' + millis / 100));
    line.append((char) ('0' + millis / 10 % 10));
    line.append((char) ('0' + millis % 10));
  }
}
