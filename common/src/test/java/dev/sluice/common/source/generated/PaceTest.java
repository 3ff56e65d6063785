package dev.sluice.common.source.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = -5;

  @Test
  void givesARecordWhenItIsDueAndNoneBefore() {
    Pace pace = pace(10);
    assertThat(pace.take()).isFalse();
    assertThat(pace.nanosToNext()).isEqualTo(Duration.ofMillis(100).toNanos());

    pass(Duration.ofMillis(99));
    assertThat(pace.take()).isFalse();
    assertThat(pace.nanosToNext()).isBetween(999_999L, 1_000_001L);

    pass(Duration.ofMillis(1));
    assertThat(pace.nanosToNext()).isZero();
    assertThat(pace.take()).isTrue();
    assertThat(pace.take()).isFalse();
  }

  @Test
  void keepsTheRateHoweverOftenItIsAsked() {
    Pace pace = pace(3_000);
    int taken = 0;
    for (int step = 0; step < 1_000_000; step++) {
      now += 10_000;
      while (pace.take()) {
        taken++;
      }
    }

    assertThat(taken).isBetween(29_999, 30_001);
  }

  @Test
  void makesUpForOneSecondAtMost() {
    Pace pace = pace(50);
    pass(Duration.ofHours(1));

    assertThat(takeAll(pace)).isEqualTo(50);
  }

  @Test
  void aSlowRateSavesUpOneRecord() {
    Pace pace = pace(0.1);
    pass(Duration.ofSeconds(9));
    assertThat(pace.take()).isFalse();
    assertThat(pace.nanosToNext()).as("asks again").isEqualTo(Duration.ofSeconds(1).toNanos());

    pass(Duration.ofHours(1));
    assertThat(takeAll(pace)).isEqualTo(1);
  }

  @Test
  void aNewRateHoldsFromThenOn() {
    Pace pace = pace(0);
    pass(Duration.ofSeconds(1));
    assertThat(pace.take()).isFalse();
    assertThat(pace.nanosToNext()).isPositive();

    pace.set(100);
    assertThat(pace.take()).isFalse();
    pass(Duration.ofMillis(500));
    pace.set(10);
    assertThat(takeAll(pace)).as("at most a second of the new rate").isEqualTo(10);
  }

  @Test
  void anInfiniteRateNeverWaits() {
    Pace pace = pace(Double.POSITIVE_INFINITY);

    assertThat(pace.nanosToNext()).isZero();
    for (int i = 0; i < 1_000; i++) {
      assertThat(pace.take()).isTrue();
    }
  }

  private static int takeAll(Pace pace) {
    int taken = 0;
    while (pace.take()) {
      taken++;
    }
    return taken;
  }

  private Pace pace(double perSecond) {
    return new Pace(() -> now, perSecond);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
