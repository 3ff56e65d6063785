package dev.sluice.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AggregatesTest {
  private static final Duration HALF_LIFE = Duration.ofMinutes(5);

  private final Vwap vwap = new Vwap();
  private final Ema ema = new Ema();

  record Row(double price, long volume, long millis) {}

  @Test
  void vwapVectors() {
    VwapState state = vwap.createAccumulator();
    assertThat(vwap.getValue(state)).as("of nothing").isNull();
    vwap.accumulate(state, 10.0, 1L);
    vwap.accumulate(state, 20.0, 3L);
    vwap.accumulate(state, null, 3L);
    vwap.accumulate(state, 99.0, null);
    assertThat(vwap.getValue(state)).isEqualTo(17.5);
    vwap.accumulate(state, Double.NaN, 1L);
    assertThat(vwap.getValue(state)).as("with NaN").isNull();
    vwap.retract(state, Double.NaN, 1L);
    vwap.retract(state, 20.0, 3L);
    assertThat(vwap.getValue(state)).isEqualTo(10.0);
    vwap.resetAccumulator(state);
    assertThat(vwap.getValue(state)).isNull();
    vwap.accumulate(state, 5.0, 0L);
    assertThat(vwap.getValue(state)).as("without volume").isNull();
  }

  @Test
  void vwapSaysWhenItIsTooMuch() {
    VwapState state = vwap.createAccumulator();
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> vwap.accumulate(state, 1e300, 1L))
        .withMessage("Turnover of VWAP must be below 10^30, but was more");
  }

  /** In any order, in parts, and with rows that came and went, it is what a plain sum gives. */
  @Property(tries = 200)
  void theOrderAndDetoursDoNotMatter(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0.01, max = 5_000) Double> prices,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 40) int minutes) {
    List<Row> rows = new ArrayList<>();
    for (double price : prices) {
      long millis = 1_700_000_000_000L + (long) (random.nextDouble() * minutes * 60_000);
      rows.add(new Row(price, 1 + random.nextInt(1_000), millis));
    }
    VwapState vwaps = vwap.createAccumulator();
    EmaState emas = ema.createAccumulator();
    VwapState otherVwaps = vwap.createAccumulator();
    EmaState otherEmas = ema.createAccumulator();
    List<Row> mixed = new ArrayList<>(rows);
    Collections.shuffle(mixed, random);
    for (Row row : mixed) {
      boolean here = random.nextBoolean();
      Row detour = new Row(row.price * 1_000, 77, row.millis + random.nextInt(3_600_000));
      add(here ? vwaps : otherVwaps, here ? emas : otherEmas, row);
      add(here ? vwaps : otherVwaps, here ? emas : otherEmas, detour);
      remove(here ? vwaps : otherVwaps, here ? emas : otherEmas, detour);
    }
    vwap.merge(vwaps, List.of(otherVwaps));
    ema.merge(emas, List.of(otherEmas));

    double turnover = rows.stream().mapToDouble(row -> row.price * row.volume).sum();
    double volume = rows.stream().mapToDouble(Row::volume).sum();
    assertThat(vwap.getValue(vwaps)).isCloseTo(turnover / volume, relative(turnover / volume));
    double expected = plainEma(rows);
    assertThat(ema.getValue(emas)).isCloseTo(expected, relative(expected));
  }

  private static Offset<Double> relative(double value) {
    return within(1e-9 * Math.abs(value));
  }

  private void add(VwapState vwaps, EmaState emas, Row row) {
    vwap.accumulate(vwaps, row.price, row.volume);
    ema.accumulate(emas, row.price, Instant.ofEpochMilli(row.millis), HALF_LIFE);
  }

  private void remove(VwapState vwaps, EmaState emas, Row row) {
    vwap.retract(vwaps, row.price, row.volume);
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(row.millis), ZoneOffset.UTC);
    ema.retract(emas, row.price, time, HALF_LIFE);
  }

  private static double plainEma(List<Row> rows) {
    long last = rows.stream().mapToLong(Row::millis).max().orElseThrow();
    double prices = 0;
    double weights = 0;
    for (Row row : rows) {
      double weight = Math.pow(0.5, (double) (last - row.millis) / HALF_LIFE.toMillis());
      prices += row.price * weight;
      weights += weight;
    }
    return prices / weights;
  }

  @Test
  void emaVectors() {
    EmaState state = ema.createAccumulator();
    assertThat(ema.getValue(state)).as("of nothing").isNull();
    ema.accumulate(state, 100.0, at(0), HALF_LIFE);
    assertThat(ema.getValue(state)).isEqualTo(100.0);
    ema.accumulate(state, 40.0, at(5), HALF_LIFE);
    assertThat(ema.getValue(state)).isEqualTo((100.0 + 2 * 40) / 3);
    ema.accumulate(state, null, at(5), HALF_LIFE);
    ema.accumulate(state, 7.0, (Instant) null, HALF_LIFE);
    ema.accumulate(state, 7.0, at(5), null);
    ema.accumulate(state, Double.POSITIVE_INFINITY, at(6), HALF_LIFE);
    assertThat(ema.getValue(state)).as("with infinity").isNull();
    ema.retract(state, Double.POSITIVE_INFINITY, at(6), HALF_LIFE);
    ema.retract(state, 100.0, at(0), HALF_LIFE);
    assertThat(ema.getValue(state)).isEqualTo(40.0);
    ema.retract(state, 40.0, at(5), HALF_LIFE);
    assertThat(ema.getValue(state)).as("all gone").isNull();
  }

  /** A row that weighs 2^200 times as much comes and goes: floating point would keep nothing. */
  @Test
  void whatIsTakenBackLeavesNoTrace() {
    EmaState state = ema.createAccumulator();
    ema.accumulate(state, 123.25, at(0), HALF_LIFE);
    ema.accumulate(state, 9e9, at(5 * 200), HALF_LIFE);
    assertThat(ema.getValue(state)).isCloseTo(9e9, within(1.0));
    ema.retract(state, 9e9, at(5 * 200), HALF_LIFE);

    assertThat(ema.getValue(state)).isEqualTo(123.25);
  }

  /** However far ahead it was, and whatever came in between, in another place too. */
  @Test
  void neitherDoesWhatIsTakenBackFromFarAhead() {
    EmaState state = ema.createAccumulator();
    ema.accumulate(state, 10.0, at(0), HALF_LIFE);
    ema.accumulate(state, 20.0, at(5 * 1_000), HALF_LIFE);
    assertThat(ema.getValue(state)).isEqualTo(20.0);
    ema.accumulate(state, 40.0, at(5), HALF_LIFE);
    EmaState other = ema.createAccumulator();
    ema.retract(other, 20.0, at(5 * 1_000), HALF_LIFE);
    ema.merge(state, List.of(other));

    assertThat(ema.getValue(state)).isEqualTo((10.0 + 2 * 40) / 3);
  }

  /** Rows on both sides of the border between two eras count together, and what is far does not. */
  @Test
  void eachBorderIsCrossedWithoutAJump() {
    EmaState state = ema.createAccumulator();
    ema.accumulate(state, 1e6, at(5 * -600), HALF_LIFE);
    ema.accumulate(state, 100.0, at(-5), HALF_LIFE);
    ema.accumulate(state, 40.0, at(0), HALF_LIFE);

    assertThat(ema.getValue(state)).isEqualTo((100.0 + 2 * 40) / 3);
  }

  @Test
  void stateStaysSmallHoweverLongItGoesOn() {
    EmaState state = ema.createAccumulator();
    for (int minute = 0; minute < 100_000; minute += 3) {
      ema.accumulate(state, 50.0, at(minute), HALF_LIFE);
      assertThat(Arrays.stream(state.prices).mapToInt(sum -> sum.length).sum()).isLessThan(3 * 90);
    }
    assertThat(ema.getValue(state)).isCloseTo(50.0, within(1e-9));
    ema.accumulate(state, 70.0, at(1_000_000_000L), HALF_LIFE);
    assertThat(ema.getValue(state)).isEqualTo(70.0);
    ema.accumulate(state, 1.0, at(0), HALF_LIFE);
    assertThat(ema.getValue(state)).as("a very old row").isEqualTo(70.0);
  }

  /** A wrong average would be the other choice. */
  @Test
  void failsWhenRowsCountThatItHasForgotten() {
    EmaState state = ema.createAccumulator();
    long era = 5 * EmaEras.LENGTH;
    for (int i = 0; i < 5; i++) {
      ema.accumulate(state, 10.0 + i, at(i * era), HALF_LIFE);
    }
    ema.retract(state, 14.0, at(4 * era), HALF_LIFE);
    assertThat(ema.getValue(state)).isCloseTo(13.0, within(1e-9));
    ema.retract(state, 13.0, at(3 * era), HALF_LIFE);

    assertThatIllegalStateException()
        .isThrownBy(() -> ema.getValue(state))
        .withMessageStartingWith("EMA cannot tell the average");

    ema.retract(state, 10.0, at(0), HALF_LIFE);
    ema.retract(state, 11.0, at(era), HALF_LIFE);
    assertThat(ema.getValue(state)).as("nothing forgotten is left").isEqualTo(12.0);
    ema.retract(state, 12.0, at(2 * era), HALF_LIFE);
    assertThat(ema.getValue(state)).isNull();
    ema.accumulate(state, 1.0, at(0), Duration.ofSeconds(1)); // as if it were new
    assertThat(ema.getValue(state)).isEqualTo(1.0);
  }

  /** Parts that have forgotten different eras. */
  @Test
  void mergesWhatOthersHaveForgotten() {
    EmaState state = ema.createAccumulator();
    EmaState other = ema.createAccumulator();
    long era = 5 * EmaEras.LENGTH;
    for (int i = 0; i < 5; i++) {
      ema.accumulate(i == 2 ? state : other, 10.0 + i, at(i * era), HALF_LIFE);
    }
    ema.accumulate(state, 10.0, at(0), HALF_LIFE);
    ema.merge(state, List.of(other));

    assertThat(ema.getValue(state)).isCloseTo(14.0, within(1e-9));
    assertThat(state.eras).hasSize(EmaEras.KEPT);
    assertThat(state.forgottenRows + Arrays.stream(state.rows).sum()).isEqualTo(6);
  }

  @Test
  void theHalfLifeIsOneAndPositive() {
    EmaState state = ema.createAccumulator();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ema.accumulate(state, 1.0, at(0), Duration.ZERO))
        .withMessage("Half-life of EMA must be at least 1 millisecond, but was '0'");
    ema.accumulate(state, 1.0, at(0), HALF_LIFE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ema.accumulate(state, 1.0, at(0), Duration.ofMinutes(1)))
        .withMessageContaining("must be the same for all rows");
  }

  private static Instant at(long minutes) {
    return Instant.ofEpochSecond(60 * minutes);
  }
}
