package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.replication.health.HealthMonitor;
import dev.sluice.replication.health.HealthRules;
import dev.sluice.replication.health.ProducerReports;
import dev.sluice.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RegionWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aVerdictThatIsOldBecauseARoundHangsIsNone() throws Exception {
    FakeStream stream = new FakeStream(Instant::now);
    AtomicBoolean hangs = new AtomicBoolean();
    CountDownLatch goesOn = new CountDownLatch(1);
    HealthMonitor monitor =
        new HealthMonitor(
            stream.probe(
                () -> {
                  if (hangs.get()) {
                    await(goesOn);
                  }
                },
                () -> {}),
            HealthRules.DEFAULTS,
            ProducerReports.NONE,
            Clock.systemUTC());

    try (RegionWatch watch =
        RegionWatch.start("us-west-2", monitor, Duration.ofMillis(1), Duration.ofMillis(200))) {
      Await.until("a verdict", LIMIT, () -> watch.latest() != null);
      hangs.set(true);
      Await.until("no verdict", LIMIT, () -> watch.latest() == null);
      hangs.set(false);
      goesOn.countDown();
      Await.until("a verdict again", LIMIT, () -> watch.latest() != null);
    } finally {
      goesOn.countDown();
    }
    assertThat(stream.records()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
