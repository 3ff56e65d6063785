package dev.sluice.replication.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionHealthTest {
  private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
  private static final int PER_SECOND = 200;

  private final FakeClock clock = FakeClock.at(START);
  private final RegionHealth health = new RegionHealth(HealthRules.DEFAULTS);
  private final List<HealthState> states = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ninePerMilleForAnHourAreNoReason(long seed) {
    SplittableRandom random = new SplittableRandom(seed);

    pass(Duration.ofHours(1), second -> failures(random, 0.009), second -> failures(random, 0.009));

    assertThat(states).containsExactly(HealthState.HEALTHY);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void elevenPerMilleAreOneWithinTwoWindows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    pass(Duration.ofMinutes(10), second -> 0, second -> 0);
    states.clear();

    pass(Duration.ofMinutes(10), second -> failures(random, 0.011), second -> 0);

    assertThat(states).containsExactly(HealthState.HEALTHY, HealthState.UNHEALTHY);
  }

  /** 1.1 % as exactly as it goes, after a time without errors. */
  @Test
  void elevenPerMilleAreOneWhenTheWindowIsFullOfThem() {
    RegionHealth plain =
        new RegionHealth(
            new HealthRules(
                Duration.ofMinutes(5),
                0.01,
                Duration.ofSeconds(150),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                0));
    int unhealthyAt = -1;
    for (int second = 0; second < 1_200 && unhealthyAt < 0; second++) {
      clock.advance(Duration.ofSeconds(1));
      int failed = second >= 600 ? 11 : 0;
      plain.record(clock.millis(), clock.millis(), Operation.PUT, 1_000 - failed, failed);
      plain.record(clock.millis(), clock.millis(), Operation.GET, 1_000, 0);
      if (plain.check(clock.millis()).state() == HealthState.UNHEALTHY) {
        unhealthyAt = second;
      }
    }

    // 1 % of the window are 3,000 failures: after 273 of its 300 seconds.
    assertThat(unhealthyAt).isEqualTo(600 + 272);
  }

  @Test
  void anOutageIsKnownWhenItHasLasted() {
    pass(Duration.ofMinutes(10), second -> 0, second -> 0);
    states.clear();

    pass(Duration.ofSeconds(150), second -> PER_SECOND, second -> PER_SECOND);
    assertThat(states).containsExactly(HealthState.HEALTHY);
    pass(Duration.ofSeconds(2), second -> PER_SECOND, second -> PER_SECOND);

    assertThat(states).containsExactly(HealthState.HEALTHY, HealthState.UNHEALTHY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 60, 149})
  void aSingleBurstIsNoOutage(int seconds) {
    pass(Duration.ofMinutes(10), second -> 0, second -> 0);
    states.clear();

    pass(
        Duration.ofMinutes(20),
        second -> second < seconds ? PER_SECOND : 0,
        second -> second < seconds ? PER_SECOND : 0);

    assertThat(states).containsExactly(HealthState.HEALTHY);
  }

  @Test
  void flappingEvery20SecondsIsOneOutageAndNotSeveral() {
    pass(Duration.ofMinutes(10), second -> 0, second -> 0);
    states.clear();

    pass(
        Duration.ofHours(2),
        second -> second / 20 % 2 == 0 ? PER_SECOND : 0,
        second -> second / 20 % 2 == 0 ? PER_SECOND : 0);

    assertThat(states).containsExactly(HealthState.HEALTHY, HealthState.UNHEALTHY);
  }

  @Test
  void isHealthyAgainOnlyAfterAWholeTimeWithoutErrors() {
    pass(Duration.ofMinutes(5), second -> PER_SECOND, second -> 0);
    // In the window until 5 minutes after the last error, and then 10 minutes more.
    pass(Duration.ofMinutes(14), second -> 0, second -> 0);
    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);
    // So many that they begin the time anew; not so many that they are an outage.
    pass(Duration.ofSeconds(3), second -> PER_SECOND, second -> 0);
    pass(Duration.ofMinutes(14), second -> 0, second -> 0);
    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);

    pass(Duration.ofMinutes(2), second -> 0, second -> 0);

    assertThat(state()).isEqualTo(HealthState.HEALTHY);
    assertThat(states)
        .containsExactly(HealthState.HEALTHY, HealthState.UNHEALTHY, HealthState.HEALTHY);
  }

  @Test
  void aWayThatFailsInOneDirectionIsAnOutageHoweverMuchGoesTheOtherWay() {
    pass(Duration.ofMinutes(10), second -> 0, second -> 0);
    states.clear();

    for (int second = 0; second < 200; second++) {
      clock.advance(Duration.ofSeconds(1));
      record(Operation.PUT, 0, 1);
      record(Operation.GET, 1_000_000, 0);
      check();
    }

    assertThat(states).containsExactly(HealthState.HEALTHY, HealthState.UNHEALTHY);
    assertThat(health.check(clock.millis()).reason())
        .contains("gets 0 of")
        .contains("limit 1.0 % errors in PT5M");
  }

  @Test
  void withoutDataNothingIsKnown() {
    assertThat(state()).isEqualTo(HealthState.UNKNOWN);
    pass(Duration.ofMinutes(1), second -> 0, second -> 0);
    assertThat(state()).isEqualTo(HealthState.HEALTHY);

    // Nobody asks for a while: the monitor was stopped, or what should report is gone.
    clock.advance(Duration.ofSeconds(32));

    assertThat(state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(health.check(clock.millis()).reason()).contains("no data");
  }

  @Test
  void whatOnlyPutsOrOnlyGetsSayIsNotHealthyButMayBeUnhealthy() {
    for (int second = 0; second < 200; second++) {
      clock.advance(Duration.ofSeconds(1));
      record(Operation.PUT, 5, 0);
    }
    assertThat(state()).isEqualTo(HealthState.UNKNOWN);

    for (int second = 0; second < 200; second++) {
      clock.advance(Duration.ofSeconds(1));
      record(Operation.PUT, 0, 5);
    }

    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);
  }

  @Test
  void anOutageEndsNeitherBySilenceNorOverABreakOfTheMonitor() {
    pass(Duration.ofMinutes(5), second -> PER_SECOND, second -> PER_SECOND);
    clock.advance(Duration.ofHours(1));
    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);
    pass(Duration.ofMinutes(6), second -> 0, second -> 0);
    clock.advance(Duration.ofHours(1));

    // Before the break 6 minutes were good, behind it 9: no ten of them in one piece.
    pass(Duration.ofMinutes(9), second -> 0, second -> 0);
    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);
    pass(Duration.ofMinutes(2), second -> 0, second -> 0);

    assertThat(state()).isEqualTo(HealthState.HEALTHY);
  }

  @Test
  void aFewFailedCanariesAreChance() {
    for (int second = 0; second < 3_600; second++) {
      clock.advance(Duration.ofSeconds(1));
      record(Operation.PUT, second % 100 == 0 ? 0 : 1, second % 100 == 0 ? 1 : 0);
      record(Operation.GET, 1, 0);
      check();
    }

    assertThat(states).containsExactly(HealthState.UNKNOWN, HealthState.HEALTHY);
  }

  @Test
  void aClockThatGoesBackStandsStill() {
    pass(Duration.ofMinutes(5), second -> PER_SECOND, second -> PER_SECOND);
    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);
    Instant before = health.check(clock.millis()).since();

    clock.set(START.minus(Duration.ofDays(1)));

    assertThat(state()).isEqualTo(HealthState.UNHEALTHY);
    assertThat(health.check(clock.millis()).since()).isEqualTo(before);
  }

  private interface Failures {
    int in(int second);
  }

  private static int failures(SplittableRandom random, double rate) {
    int failed = 0;
    for (int i = 0; i < PER_SECOND; i++) {
      failed += random.nextDouble() < rate ? 1 : 0;
    }
    return failed;
  }

  private void pass(Duration time, Failures puts, Failures gets) {
    for (int second = 0; second < time.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      int failedPuts = puts.in(second);
      int failedGets = gets.in(second);
      record(Operation.PUT, PER_SECOND - failedPuts, failedPuts);
      record(Operation.GET, PER_SECOND - failedGets, failedGets);
      check();
    }
  }

  private void record(Operation operation, long succeeded, long failed) {
    health.record(clock.millis(), clock.millis(), operation, succeeded, failed);
  }

  private void check() {
    HealthState state = state();
    if (states.isEmpty() || states.get(states.size() - 1) != state) {
      states.add(state);
    }
  }

  private HealthState state() {
    return health.check(clock.millis()).state();
  }
}
