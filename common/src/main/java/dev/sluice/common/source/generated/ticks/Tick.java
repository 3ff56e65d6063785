package dev.sluice.common.source.generated.ticks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One trade of a stock. A Flink POJO; do not change one that has been emitted. */
public final class Tick {
  /** Equal for a trade and its duplicates, and for them alone. */
  public String eventId;

  /** The stock's symbol, 6 characters at most. */
  public String ticker;

  /** In dollars, with cents. */
  public double price;

  /** Number of shares, 1 or more. */
  public long volume;

  /** When the trade happened, in milliseconds since the epoch. */
  public long eventTime;

  /** For Flink. */
  public Tick() {
    this("", "", 0, 0L, 0L);
  }

  /** With all fields. */
  public Tick(String eventId, String ticker, double price, long volume, long eventTime) {
    this.eventId = eventId;
    this.ticker = ticker;
    this.price = price;
    this.volume = volume;
    this.eventTime = eventTime;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Tick)) {
      return false;
    }
    Tick that = (Tick) other;
    return eventId.equals(that.eventId)
        && ticker.equals(that.ticker)
        && Double.compare(price, that.price) == 0
        && volume == that.volume
        && eventTime == that.eventTime;
  }

  @Override
  public int hashCode() {
    return Objects.hash(eventId, ticker, price, volume, eventTime);
  }

  @Override
  public String toString() {
    return String.format(
        "Tick{eventId='%s', ticker='%s', price=%s, volume=%d, eventTime=%d}",
        eventId, ticker, price, volume, eventTime);
  }
}
