package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
  private long steady = 77;
  private long wall = 1_768_000_000_000L;

  @Test
  void countsTheTimeInWhichTheMachineStoodStill() {
    LeaseClock clock = new LeaseClock(() -> steady, () -> wall);
    long before = clock.now();
    pass(5_000);
    assertThat(clock.now() - before).isEqualTo(5_000);

    wall += 3_600_000;
    pass(10);

    assertThat(clock.now() - before).isEqualTo(5_000 + 3_600_000 + 10);
    pass(1_000);
    assertThat(clock.now() - before).isEqualTo(5_000 + 3_600_000 + 1_010);
  }

  @Test
  void neverGoesBackNorStandsStillWhateverTheWallClockDoes() {
    SplittableRandom random = new SplittableRandom(1);
    LeaseClock clock = new LeaseClock(() -> steady, () -> wall);
    for (int i = 0; i < 1_000; i++) {
      long before = clock.now();
      wall += random.nextLong(-10_000_000, 10_000_000);
      pass(20);
      assertThat(clock.now()).isGreaterThanOrEqualTo(before + 20);
    }
  }

  private void pass(long millis) {
    steady += millis;
    wall += millis;
  }
}
