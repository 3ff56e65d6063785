package dev.sluice.udf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.AggregateFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code EMA(price, time, half-life)}: the exponential moving average, by time: a row weighs half
 * as much as one that is a half-life younger. {@code EMA(price, event_time, INTERVAL '5' MINUTE)}.
 *
 * <p>The order of rows does not matter, rows can be retracted, and partial results can be merged:
 * both sums, of weighted prices and of weights, are whole numbers in units of 2^-80 of the oldest
 * weight, so nothing is left of what was taken back. A row that is {@value #KEPT} half-lives older
 * than the youngest, or {@value #BELOW} older than the first, counts for nothing.
 *
 * <p>A row with a NULL in it does not count; NULL if there is no row, or a price is infinite or
 * NaN.
 */
public final class Ema extends AggregateFunction<Double, EmaState> {
  private static final long serialVersionUID = 1L;

  /** Bits of a weight behind the point. */
  private static final int FRACTION = 80;

  static final int BELOW = 64;
  static final int KEPT = 256;
  private static final int MOST = 2 * KEPT;

  @Override
  public EmaState createAccumulator() {
    return new EmaState();
  }

  @Override
  public @Nullable Double getValue(EmaState state) {
    BigInteger weights = new BigInteger(state.weights);
    if (state.unusable > 0 || state.rows == 0 || weights.signum() == 0) {
      return null;
    }
    // Both are cut to the same 128 bits: a double of one of them alone could be infinite.
    int surplus = Math.max(0, weights.bitLength() - 128);
    return new BigInteger(state.prices).shiftRight(surplus).doubleValue()
        / weights.shiftRight(surplus).doubleValue();
  }

  /** A row more. */
  public void accumulate(
      EmaState state,
      @Nullable Double price,
      @Nullable LocalDateTime time,
      @DataTypeHint("INTERVAL SECOND(3)") @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, true);
  }

  /** A row more. */
  public void accumulate(
      EmaState state,
      @Nullable Double price,
      @Nullable Instant time,
      @DataTypeHint("INTERVAL SECOND(3)") @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, true);
  }

  /** A row less. */
  public void retract(
      EmaState state,
      @Nullable Double price,
      @Nullable LocalDateTime time,
      @DataTypeHint("INTERVAL SECOND(3)") @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, false);
  }

  /** A row less. */
  public void retract(
      EmaState state,
      @Nullable Double price,
      @Nullable Instant time,
      @DataTypeHint("INTERVAL SECOND(3)") @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, false);
  }

  private static @Nullable Long millis(@Nullable LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static void change(
      EmaState state,
      @Nullable Double price,
      @Nullable Long millis,
      @Nullable Duration halfLife,
      boolean more) {
    if (price == null || millis == null || halfLife == null) {
      return;
    }
    if (price.isNaN() || price.isInfinite()) {
      state.unusable += more ? 1 : -1;
      return;
    }
    requireOneHalfLife(state, halfLife.toMillis());
    long period = Math.floorDiv(millis, state.halfLifeMillis);
    double part = (double) Math.floorMod(millis, state.halfLifeMillis) / state.halfLifeMillis;
    makeRoom(state, period);
    BigDecimal weight = new BigDecimal(Math.scalb(Math.pow(2, part), FRACTION));
    int shift = (int) Math.max(period - state.base, -MOST);
    add(
        state,
        signed(new BigDecimal(price).multiply(weight).toBigInteger().shiftLeft(shift), more),
        signed(weight.toBigInteger().shiftLeft(shift), more));
    state.rows += more ? 1 : -1;
    if (state.rows == 0) {
      clear(state);
    }
  }

  private static void requireOneHalfLife(EmaState state, long millis) {
    if (millis <= 0) {
      throw new IllegalArgumentException(
          "Half-life of EMA must be at least 1 millisecond, but was '" + millis + "'");
    }
    if (state.halfLifeMillis != 0 && state.halfLifeMillis != millis) {
      throw new IllegalArgumentException(
          String.format(
              "Half-life of EMA must be the same for all rows, but was '%d' and '%d' milliseconds",
              state.halfLifeMillis, millis));
    }
    state.halfLifeMillis = millis;
  }

  /** Raises the base when the youngest row is far above it. */
  private static void makeRoom(EmaState state, long period) {
    if (state.rows == 0) {
      state.base = period - BELOW;
    } else if (period - state.base > MOST) {
      raise(state, period - KEPT);
    }
  }

  private static void raise(EmaState state, long base) {
    int shift = (int) Math.min(base - state.base, Integer.MAX_VALUE / 2);
    state.prices = new BigInteger(state.prices).shiftRight(shift).toByteArray();
    state.weights = new BigInteger(state.weights).shiftRight(shift).toByteArray();
    state.base = base;
  }

  private static BigInteger signed(BigInteger value, boolean more) {
    return more ? value : value.negate();
  }

  private static void add(EmaState state, BigInteger prices, BigInteger weights) {
    state.prices = new BigInteger(state.prices).add(prices).toByteArray();
    state.weights = new BigInteger(state.weights).add(weights).toByteArray();
  }

  /** Adds what others have. */
  public void merge(EmaState state, Iterable<EmaState> others) {
    for (EmaState other : others) {
      state.unusable += other.unusable;
      if (other.rows != 0) {
        requireOneHalfLife(state, other.halfLifeMillis);
        if (state.rows == 0) {
          state.base = other.base;
        }
        if (other.base > state.base) {
          raise(state, other.base);
        }
        int shift = (int) Math.max(other.base - state.base, -MOST);
        add(
            state,
            new BigInteger(other.prices).shiftLeft(shift),
            new BigInteger(other.weights).shiftLeft(shift));
        state.rows += other.rows;
      }
    }
  }

  /** Forgets all rows. */
  public void resetAccumulator(EmaState state) {
    clear(state);
    state.unusable = 0;
  }

  private static void clear(EmaState state) {
    state.prices = new byte[] {0};
    state.weights = new byte[] {0};
    state.base = 0;
    state.rows = 0;
    state.halfLifeMillis = 0;
  }
}
