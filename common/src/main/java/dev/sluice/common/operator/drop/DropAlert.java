package dev.sluice.common.operator.drop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A drop that was found. A Flink POJO; do not change one that has been emitted. */
public final class DropAlert {
  /** Whose price fell. */
  public String key;

  /** Event time of the row that the price fell from, in milliseconds since the epoch. */
  public long initialPriceTime;

  /** Event time of the row that the price fell to, in milliseconds since the epoch. */
  public long dropTime;

  /** {@link #initialPrice} - {@link #lastPrice}. */
  public double dropDiff;

  /** The price that it fell from. */
  public double initialPrice;

  /** The price that it fell to. */
  public double lastPrice;

  /** For Flink. */
  public DropAlert() {
    this("", 0L, 0L, 0, 0);
  }

  /** With all fields but the difference, which follows. */
  public DropAlert(
      String key, long initialPriceTime, long dropTime, double initialPrice, double lastPrice) {
    this.key = key;
    this.initialPriceTime = initialPriceTime;
    this.dropTime = dropTime;
    this.dropDiff = initialPrice - lastPrice;
    this.initialPrice = initialPrice;
    this.lastPrice = lastPrice;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof DropAlert)) {
      return false;
    }
    DropAlert that = (DropAlert) other;
    return key.equals(that.key)
        && initialPriceTime == that.initialPriceTime
        && dropTime == that.dropTime
        && Double.compare(dropDiff, that.dropDiff) == 0
        && Double.compare(initialPrice, that.initialPrice) == 0
        && Double.compare(lastPrice, that.lastPrice) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, initialPriceTime, dropTime, dropDiff, initialPrice, lastPrice);
  }

  @Override
  public String toString() {
    return String.format(
        "DropAlert{key='%s', %s at %d to %s at %d, dropDiff=%s}",
        key, initialPrice, initialPriceTime, lastPrice, dropTime, dropDiff);
  }
}
