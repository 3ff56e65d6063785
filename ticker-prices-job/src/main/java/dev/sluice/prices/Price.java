package dev.sluice.prices;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A price of a ticker with the version of its record. A Flink POJO. */
public final class Price {
  public String ticker;
  public BigDecimal price;

  /** As it stands in the record; empty if it does not. */
  public String eventTime;

  public long epoch;
  public long sequence;
  public String producer;

  /** The record that it came in, and where that lies. */
  public byte[] data;

  public String source;

  /** For Flink. */
  public Price() {
    this("", BigDecimal.ZERO, "");
  }

  /** Without version and record. */
  public Price(String ticker, BigDecimal price, String eventTime) {
    this.ticker = ticker;
    this.price = price;
    this.eventTime = eventTime;
    this.producer = "";
    this.data = new byte[0];
    this.source = "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Price)) {
      return false;
    }
    Price that = (Price) other;
    return ticker.equals(that.ticker)
        && price.equals(that.price)
        && eventTime.equals(that.eventTime)
        && epoch == that.epoch
        && sequence == that.sequence
        && producer.equals(that.producer)
        && Arrays.equals(data, that.data)
        && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(ticker, price, eventTime, epoch, sequence, producer, source);
  }

  @Override
  public String toString() {
    return ticker + "=" + price + " at " + epoch + "/" + sequence + "/" + producer;
  }
}
