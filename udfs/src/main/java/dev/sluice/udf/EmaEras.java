package dev.sluice.udf;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sums of {@link EmaState}, by eras of {@value #LENGTH} half-lives. To which era a row belongs,
 * its time alone says, so what was added can be taken away exactly, whatever came in between. The
 * youngest {@value #KEPT} eras with rows are kept. Stateless.
 */
final class EmaEras {
  static final int LENGTH = 512;
  static final int KEPT = 3;

  private EmaEras() {}

  /** Adds to the sums of an era, or takes away. */
  static void add(EmaState state, long era, BigInteger prices, BigInteger weights, long rows) {
    if (state.forgottenRows != 0 && era <= state.forgottenEra) {
      forget(state, state.forgottenEra, rows);
      return;
    }
    int place = Arrays.binarySearch(state.eras, era);
    if (place < 0) {
      place = -place - 1;
      insert(state, place, era);
    }
    BigInteger newPrices = new BigInteger(state.prices[place]).add(prices);
    BigInteger newWeights = new BigInteger(state.weights[place]).add(weights);
    state.prices[place] = newPrices.toByteArray();
    state.weights[place] = newWeights.toByteArray();
    state.rows[place] += rows;
    if (state.rows[place] == 0 && newPrices.signum() == 0 && newWeights.signum() == 0) {
      remove(state, place);
    } else if (state.eras.length > KEPT) {
      forgetOldest(state);
    }
  }

  /** Adds what another state has. */
  static void merge(EmaState state, EmaState other) {
    if (other.forgottenRows != 0) {
      while (state.eras.length > 0 && state.eras[0] <= other.forgottenEra) {
        forgetOldest(state);
      }
      long last =
          state.forgottenRows == 0
              ? other.forgottenEra
              : Math.max(state.forgottenEra, other.forgottenEra);
      forget(state, last, other.forgottenRows);
    }
    for (int i = 0; i < other.eras.length; i++) {
      add(
          state,
          other.eras[i],
          new BigInteger(other.prices[i]),
          new BigInteger(other.weights[i]),
          other.rows[i]);
    }
  }

  /**
   * The average; null without rows.
   *
   * @throws IllegalStateException if rows count whose sums are gone
   */
  static @Nullable Double average(EmaState state) {
    int last = state.eras.length - 1;
    if (state.forgottenRows != 0 && (last < 0 || state.eras[last] - 1 <= state.forgottenEra)) {
      throw new IllegalStateException(
          "EMA cannot tell the average: so many of the youngest rows were taken back that rows count"
              + " which are no longer known");
    }
    if (last < 0) {
      return null;
    }
    BigInteger prices = new BigInteger(state.prices[last]);
    BigInteger weights = new BigInteger(state.weights[last]);
    if (last > 0 && state.eras[last - 1] == state.eras[last] - 1) {
      prices = prices.shiftLeft(LENGTH).add(new BigInteger(state.prices[last - 1]));
      weights = weights.shiftLeft(LENGTH).add(new BigInteger(state.weights[last - 1]));
    }
    if (weights.signum() == 0) {
      return null;
    }
    // Both are cut to the same 128 bits: a double of one of them alone could be infinite.
    int surplus = Math.max(0, weights.bitLength() - 128);
    return prices.shiftRight(surplus).doubleValue() / weights.shiftRight(surplus).doubleValue();
  }

  private static void forgetOldest(EmaState state) {
    long era = state.eras[0];
    long rows = state.rows[0];
    remove(state, 0);
    forget(state, era, rows);
  }

  private static void forget(EmaState state, long era, long rows) {
    state.forgottenRows += rows;
    state.forgottenEra = state.forgottenRows == 0 ? Long.MIN_VALUE : era;
  }

  private static void insert(EmaState state, int place, long era) {
    int tail = state.eras.length - place;
    long[] eras = Arrays.copyOf(state.eras, state.eras.length + 1);
    System.arraycopy(state.eras, place, eras, place + 1, tail);
    eras[place] = era;
    state.eras = eras;
    long[] rows = Arrays.copyOf(state.rows, state.rows.length + 1);
    System.arraycopy(state.rows, place, rows, place + 1, tail);
    rows[place] = 0;
    state.rows = rows;
    state.prices = inserted(state.prices, place);
    state.weights = inserted(state.weights, place);
  }

  private static byte[][] inserted(byte[][] sums, int place) {
    byte[][] more = new byte[sums.length + 1][];
    System.arraycopy(sums, 0, more, 0, place);
    more[place] = new byte[] {0};
    System.arraycopy(sums, place, more, place + 1, sums.length - place);
    return more;
  }

  private static void remove(EmaState state, int place) {
    state.eras = removed(state.eras, place);
    state.rows = removed(state.rows, place);
    state.prices = removed(state.prices, place);
    state.weights = removed(state.weights, place);
  }

  private static long[] removed(long[] all, int place) {
    long[] less = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, place + 1, less, place, less.length - place);
    return less;
  }

  private static byte[][] removed(byte[][] all, int place) {
    byte[][] less = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, place + 1, less, place, less.length - place);
    return less;
  }
}
