package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class FakeClockTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");

  @Test
  void standsStill() {
    FakeClock clock = FakeClock.at(START);

    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.millis()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void advancesInstantAndNanoTimeAlike() {
    FakeClock clock = FakeClock.at(START);
    long before = clock.nanoTime();

    clock.advance(Duration.ofSeconds(90, 7));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(90).plusNanos(7));
    assertThat(clock.nanoTime() - before).isEqualTo(90_000_000_007L);
  }

  @Test
  void canBeSetBackButNotAdvancedBack() {
    FakeClock clock = FakeClock.at(START);

    clock.set(START.minusSeconds(300));

    assertThat(clock.instant()).isEqualTo(START.minusSeconds(300));
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }

  @Test
  void showsTimeOfTestAfterSerialisation() throws Exception {
    FakeClock clock = FakeClock.at(START);

    Clock copy = InstantiationUtil.clone(clock);
    clock.advance(Duration.ofDays(1));

    assertThat(copy.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(copy).isEqualTo(clock);
  }

  @Test
  void sharesTimeWithItsOtherZones() {
    FakeClock clock = FakeClock.at(START);
    Clock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));

    clock.advance(Duration.ofHours(2));

    assertThat(tokyo.instant()).isEqualTo(clock.instant());
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void showsInstantsBeforeEpoch() {
    Instant early = Instant.parse("1969-12-31T23:59:59.999999999Z");

    assertThat(FakeClock.at(early).instant()).isEqualTo(early);
  }
}
