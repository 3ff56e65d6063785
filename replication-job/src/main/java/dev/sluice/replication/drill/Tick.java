package dev.sluice.replication.drill;

import dev.sluice.common.record.RecordVersion;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record that the drill sends, and what its producer was told of it. Half of all records have a
 * ticker of their own, so that each of them is an item of the consumer's table; the others are
 * prices of one ticker for each key, of which the table must keep the newest. Thread-safe.
 */
final class Tick {
  final int number;
  final String key;
  final String ticker;
  private final int cents;
  private volatile @Nullable RecordVersion version;
  private volatile String region = "";
  private volatile long toldAt;

  /**
   * A tick.
   *
   * @param number place in the order of sending, from 0
   * @param alone whether it has a ticker of its own
   */
  Tick(int number, String key, int cents, boolean alone) {
    this.number = number;
    this.key = key;
    this.cents = cents;
    this.ticker = alone ? key + "-" + number : key;
  }

  byte[] payload() {
    return String.format(
            Locale.ROOT,
            "{\"ticker\":\"%s\",\"price\":%d.%02d,\"number\":%d}",
            ticker,
            cents / 100,
            cents % 100,
            number)
        .getBytes(StandardCharsets.UTF_8);
  }

  boolean isAlone() {
    return !ticker.equals(key);
  }

  /**
   * Its producer promises that it is in a stream, or will be.
   *
   * @param accepted the Region that has it; empty if it is on the producer's disk
   */
  void told(RecordVersion carried, String accepted, long millis) {
    region = accepted;
    toldAt = millis;
    version = carried;
  }

  /** That it carries; null until its producer was told. */
  @Nullable RecordVersion version() {
    return version;
  }

  boolean isPromised() {
    return version != null;
  }

  /** Milliseconds since the epoch. */
  long toldAt() {
    return toldAt;
  }

  boolean isAcceptedIn(String name) {
    return isPromised() && region.equals(name);
  }

  @Override
  public String toString() {
    return "record " + number + " of key '" + key + "'";
  }
}
