package dev.sluice.replication.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Clocks that are set, and windows that are long. */
class RegionHealthTimeTest {
  private static final long START = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();

  /** As on a machine that boots with a wrong clock, which is then set right. */
  @Test
  void aClockThatIsSetBackByHoursDoesNotMakeItBlindForHours() {
    RegionHealth health = new RegionHealth(HealthRules.DEFAULTS);
    long ahead = START + Duration.ofHours(6).toMillis();
    for (int second = 0; second < 60; second++) {
      round(health, ahead + second * 1_000L, 0);
    }
    assertThat(health.check(ahead + 60_000).state()).isEqualTo(HealthState.HEALTHY);

    int unhealthyAfter = -1;
    for (int second = 0; second < 600 && unhealthyAfter < 0; second++) {
      HealthVerdict verdict = round(health, START + second * 1_000L, 1);
      unhealthyAfter = verdict.state() == HealthState.UNHEALTHY ? second : -1;
    }

    assertThat(unhealthyAfter).isBetween(150, 155);
  }

  @Test
  void aClockThatIsSetBackHealsNothing() {
    RegionHealth health = new RegionHealth(HealthRules.DEFAULTS);
    for (int second = 0; second < 200; second++) {
      round(health, START + second * 1_000L, 1);
    }
    long back = START - Duration.ofHours(1).toMillis();
    HealthState state = HealthState.UNHEALTHY;
    int good = 0;
    while (state == HealthState.UNHEALTHY && good < 2_000) {
      state = round(health, back + good++ * 1_000L, 0).state();
    }

    assertThat(state).isEqualTo(HealthState.HEALTHY);
    assertThat(good).isBetween(600, 605);
  }

  /** In a window of hours a part of it is longer than what counts as silence. */
  @Test
  void aRequestEachSecondIsNoSilenceHoweverLongTheWindow() {
    RegionHealth health =
        new RegionHealth(
            new HealthRules(
                Duration.ofHours(6),
                0.01,
                Duration.ofHours(3),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                2));
    for (int second = 0; second < 3_600; second++) {
      HealthVerdict verdict = round(health, START + second * 1_000L, 0);
      if (second > 3) {
        assertThat(verdict.state()).as("second " + second).isEqualTo(HealthState.HEALTHY);
      }
    }
  }

  private static HealthVerdict round(RegionHealth health, long now, int failed) {
    health.record(now, now, Operation.PUT, 1 - failed, failed);
    health.record(now, now, Operation.GET, 1 - failed, failed);
    return health.check(now);
  }
}
