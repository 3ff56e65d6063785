package dev.sluice.udf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.jspecify.annotations.Nullable;

/**
 * {@code EMA(price, time, half-life)}: the exponential moving average, by time: a row weighs half
 * as much as one that is a half-life younger. {@code EMA(price, event_time, INTERVAL '5' MINUTE)}.
 *
 * <p>The order of rows does not matter, rows can be retracted, and partial results can be merged:
 * the sums, of weighted prices and of weights, are whole numbers in units of 2^-80 of the oldest
 * weight of their era of {@value EmaEras#LENGTH} half-lives, so nothing is left of what was taken
 * back. A row that is {@code 1024} half-lives older than the youngest counts for nothing.
 *
 * <p>Sums are kept of the youngest {@value EmaEras#KEPT} eras that have rows. If all of these but
 * one are taken back, and rows from before them are still there, the average is not known any more
 * and the task fails.
 *
 * <p>A row with a NULL in it does not count; NULL if there is no row, or a price is infinite or
 * NaN.
 */
public final class Ema extends AggregateFunction<Double, EmaState> {
  private static final long serialVersionUID = 1L;

  /** Bits of a weight behind the point. */
  private static final int FRACTION = 80;

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InputTypeStrategies.sequence(
                InputTypeStrategies.explicit(DataTypes.DOUBLE()),
                new TimeArgument(),
                InputTypeStrategies.explicit(DataTypes.INTERVAL(DataTypes.SECOND(3)))))
        .accumulatorTypeStrategy(TypeStrategies.explicit(types.createDataType(EmaState.class)))
        .outputTypeStrategy(TypeStrategies.explicit(DataTypes.DOUBLE()))
        .build();
  }

  @Override
  public EmaState createAccumulator() {
    return new EmaState();
  }

  @Override
  public @Nullable Double getValue(EmaState state) {
    return state.unusable > 0 ? null : EmaEras.average(state);
  }

  /** A row more. */
  public void accumulate(
      EmaState state,
      @Nullable Double price,
      @Nullable LocalDateTime time,
      @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, true);
  }

  /** A row more. */
  public void accumulate(
      EmaState state, @Nullable Double price, @Nullable Instant time, @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, true);
  }

  /** A row less. */
  public void retract(
      EmaState state,
      @Nullable Double price,
      @Nullable LocalDateTime time,
      @Nullable Duration halfLife) {
    change(state, price, millis(time), halfLife, false);
  }

  /** A row less. */
  public void retract(
      EmaState state, @Nullable Double price, @Nullable Instant time, @Nullable Duration halfLife) {
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
    BigDecimal weight = new BigDecimal(Math.scalb(Math.pow(2, part), FRACTION));
    int shift = (int) Math.floorMod(period, (long) EmaEras.LENGTH);
    EmaEras.add(
        state,
        Math.floorDiv(period, (long) EmaEras.LENGTH),
        signed(new BigDecimal(price).multiply(weight).toBigInteger().shiftLeft(shift), more),
        signed(weight.toBigInteger().shiftLeft(shift), more),
        more ? 1 : -1);
    forgetHalfLifeOfNothing(state);
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

  private static void forgetHalfLifeOfNothing(EmaState state) {
    if (state.eras.length == 0 && state.forgottenRows == 0) {
      state.halfLifeMillis = 0;
    }
  }

  private static BigInteger signed(BigInteger value, boolean more) {
    return more ? value : value.negate();
  }

  /** Adds what others have. */
  public void merge(EmaState state, Iterable<EmaState> others) {
    for (EmaState other : others) {
      state.unusable += other.unusable;
      if (other.halfLifeMillis != 0) {
        requireOneHalfLife(state, other.halfLifeMillis);
        EmaEras.merge(state, other);
        forgetHalfLifeOfNothing(state);
      }
    }
  }

  /** Forgets all rows. */
  public void resetAccumulator(EmaState state) {
    EmaState empty = createAccumulator();
    state.eras = empty.eras;
    state.prices = empty.prices;
    state.weights = empty.weights;
    state.rows = empty.rows;
    state.forgottenEra = empty.forgottenEra;
    state.forgottenRows = 0;
    state.unusable = 0;
    state.halfLifeMillis = 0;
  }
}
