package dev.sluice.common.operator.drop;

/** Prices of one event time, in the order of arrival. A Flink POJO, in every savepoint. */
public final class TiedPrices {
  /** How many full chunks there are before {@link #prices}. */
  public int fullChunks;

  /** The last prices, fewer than a chunk has. */
  public double[] prices;

  /** For Flink. */
  public TiedPrices() {
    this(0, new double[0]);
  }

  TiedPrices(int fullChunks, double... prices) {
    this.fullChunks = fullChunks;
    this.prices = prices;
  }
}
