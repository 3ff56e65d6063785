package dev.sluice.udf;

/**
 * What {@link Ema} keeps; in every savepoint. The arrays have an element for each era with rows,
 * the oldest first.
 */
public final class EmaState {
  /** Numbers of the eras, from the epoch on. */
  public long[] eras = {};

  /** Sums of price times weight, whole numbers of two's complement, highest byte first. */
  public byte[][] prices = {};

  /** Sums of weights, as {@link #prices}. */
  public byte[][] weights = {};

  /** How many rows are in the sums. */
  public long[] rows = {};

  /** The youngest era whose sums are gone; of no meaning without {@link #forgottenRows}. */
  public long forgottenEra = Long.MIN_VALUE;

  /** How many rows are in eras whose sums are gone. */
  public long forgottenRows;

  /** How many rows have a price that is no finite number. */
  public long unusable;

  /** 0 before the first row. */
  public long halfLifeMillis;
}
