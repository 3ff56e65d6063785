package dev.sluice.udf;

/** What {@link Ema} keeps; in every savepoint. */
public final class EmaState {
  /** Sum of price times weight, a whole number of two's complement, highest byte first. */
  public byte[] prices = {0};

  /** Sum of weights, as {@link #prices}. */
  public byte[] weights = {0};

  /** The half-life in which a weight has its least part, counted from the epoch. */
  public long base;

  /** How many rows are in the sums. */
  public long rows;

  /** How many rows have a price that is no finite number. */
  public long unusable;

  /** 0 before the first row. */
  public long halfLifeMillis;
}
