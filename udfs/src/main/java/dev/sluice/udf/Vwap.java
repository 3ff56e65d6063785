package dev.sluice.udf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code VWAP(price, volume)}: the average price of a share, that is the price of each row as often
 * as its volume says. A row with a NULL in it does not count; NULL if all volumes together are 0,
 * or a price is infinite or NaN.
 *
 * <p>Rows can be retracted, and then leave no trace: turnover is summed up exactly, to 8 decimals a
 * row and below 10^30.
 */
public final class Vwap extends AggregateFunction<Double, VwapState> {
  private static final long serialVersionUID = 1L;
  private static final int DECIMALS = 8;
  private static final int MOST_DIGITS = 38;

  @Override
  public VwapState createAccumulator() {
    return new VwapState();
  }

  @Override
  public @Nullable Double getValue(VwapState state) {
    if (state.unusable > 0 || state.volume == 0) {
      return null;
    }
    return state.turnover.doubleValue() / state.volume;
  }

  /** A row more. */
  public void accumulate(VwapState state, @Nullable Double price, @Nullable Long volume) {
    change(state, price, volume, 1);
  }

  /** A row less. */
  public void retract(VwapState state, @Nullable Double price, @Nullable Long volume) {
    change(state, price, volume, -1);
  }

  private static void change(
      VwapState state, @Nullable Double price, @Nullable Long volume, int sign) {
    if (price == null || volume == null) {
      return;
    }
    if (price.isNaN() || price.isInfinite()) {
      state.unusable += sign;
      return;
    }
    BigDecimal turnover =
        BigDecimal.valueOf(price)
            .multiply(BigDecimal.valueOf(volume))
            .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    add(state, sign > 0 ? turnover : turnover.negate(), sign * volume);
  }

  private static void add(VwapState state, BigDecimal turnover, long volume) {
    state.turnover = state.turnover.add(turnover);
    state.volume = Math.addExact(state.volume, volume);
    if (state.turnover.precision() > MOST_DIGITS) {
      throw new ArithmeticException("Turnover of VWAP must be below 10^30, but was more");
    }
  }

  /** Adds what others have. */
  public void merge(VwapState state, Iterable<VwapState> others) {
    for (VwapState other : others) {
      add(state, other.turnover, other.volume);
      state.unusable += other.unusable;
    }
  }

  /** Forgets all rows. */
  public void resetAccumulator(VwapState state) {
    state.turnover = BigDecimal.ZERO;
    state.volume = 0;
    state.unusable = 0;
  }
}
