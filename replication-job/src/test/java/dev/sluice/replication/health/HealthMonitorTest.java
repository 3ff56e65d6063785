package dev.sluice.replication.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.sink.kinesis.FailureKind;
import dev.sluice.testing.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthMonitorTest {
  private final FakeClock clock = FakeClock.at(Instant.parse("2026-01-10T00:00:00Z"));
  private final FakeProbe probe = new FakeProbe();
  private final List<ProducerReport> reports = new ArrayList<>();
  private int pauses;

  private final HealthMonitor monitor =
      new HealthMonitor(
          new Canary(probe, () -> pauses++),
          HealthRules.DEFAULTS,
          () -> {
            List<ProducerReport> next = List.copyOf(reports);
            reports.clear();
            return next;
          },
          clock);

  @Test
  void findsWhatItHasPutUnderKeysThatConsumersSkip() throws Exception {
    assertThat(rounds(5).state()).isEqualTo(HealthState.HEALTHY);

    assertThat(probe.records)
        .hasSize(5)
        .allMatch(record -> record.partitionKey().startsWith("sluice-heartbeat-canary-"));
    assertThat(probe.records.stream().map(record -> record.partitionKey()).distinct()).hasSize(5);
    assertThat(pauses).isZero();
    monitor.close();
    assertThat(probe.closed).isTrue();
  }

  @Test
  void aWayThatFailsForPutsAloneIsAnOutage() throws Exception {
    rounds(400);
    probe.puts = FailureKind.TRANSIENT;

    HealthVerdict verdict = rounds(160);

    assertThat(verdict.state()).isEqualTo(HealthState.UNHEALTHY);
    assertThat(verdict.reason()).contains("gets 0 of 300 failed").contains("put: TRANSIENT 'Code'");
  }

  @Test
  void aWayThatFailsForGetsAloneIsAnOutage() throws Exception {
    rounds(400);
    probe.gets = FailureKind.TRANSIENT;

    assertThat(rounds(160).state()).isEqualTo(HealthState.UNHEALTHY);
  }

  @Test
  void aRecordThatCannotBeFoundIsAFailedGet() throws Exception {
    rounds(400);
    probe.forgets = true;

    HealthVerdict verdict = rounds(160);

    assertThat(verdict.state()).isEqualTo(HealthState.UNHEALTHY);
    assertThat(verdict.reason()).contains("not where it was put").contains("puts 0 of");
  }

  @Test
  void waitsForARecordThatShowsLate() throws Exception {
    probe.hiddenReads = 3;

    assertThat(new Canary(probe, () -> pauses++).round().allSucceeded()).isTrue();

    assertThat(pauses).isEqualTo(3);
  }

  /** Whoever takes the canary's rights away would else move the producers. */
  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"THROTTLED", "REFUSED", "FATAL"})
  void whatIsTheCanarysOwnFaultIsNoOutageButNoHealthEither(FailureKind kind) throws Exception {
    rounds(400);
    probe.puts = kind;

    HealthVerdict verdict = rounds(400);

    assertThat(verdict.state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(verdict.reason()).contains("puts no data").contains(kind.name());
  }

  /** No producer can write there, whoever has deleted it. */
  @Test
  void aStreamThatIsGoneIsAnOutage() throws Exception {
    rounds(400);
    probe.code = "ResourceNotFoundException";
    probe.puts = FailureKind.FATAL;
    probe.gets = FailureKind.FATAL;

    HealthVerdict verdict = rounds(160);

    assertThat(verdict.state()).isEqualTo(HealthState.UNHEALTHY);
    assertThat(verdict.reason()).contains("put: FATAL 'ResourceNotFoundException'");
  }

  @Test
  void producersErrorsCountAsItsOwnDo() throws Exception {
    for (int i = 0; i < 600; i++) {
      report(i < 300 ? 0 : 15);
      rounds(1);
    }

    HealthVerdict verdict = rounds(1);

    assertThat(verdict.state()).isEqualTo(HealthState.UNHEALTHY);
    assertThat(verdict.reason()).contains("puts 4470 of 298300 failed");
  }

  @Test
  void reportsThatCannotBeReadAreToldAndAreNoErrorOfTheStream() throws Exception {
    HealthMonitor without =
        new HealthMonitor(
            new Canary(probe, () -> pauses++),
            HealthRules.DEFAULTS,
            () -> {
              throw new IOException("queue is gone");
            },
            clock);

    HealthVerdict verdict = rounds(without, 400);

    assertThat(verdict.state()).isEqualTo(HealthState.HEALTHY);
    assertThat(verdict.reason()).contains("producers' reports: queue is gone");
  }

  /** A report from a clock that is ahead counts as now, or it would stay for days. */
  @Test
  void aReportFromTheFutureLeavesTheWindowWithThePresent() throws Exception {
    for (int i = 0; i < 160; i++) {
      reports.add(
          new ProducerReport("ahead", Operation.PUT, clock.instant().plusSeconds(9_999), 0, 1));
      rounds(1);
    }
    assertThat(rounds(1).state()).isEqualTo(HealthState.UNHEALTHY);

    HealthVerdict verdict = rounds(950);

    assertThat(verdict.state()).isEqualTo(HealthState.HEALTHY);
    assertThat(verdict.reason()).contains("puts 0 of 300 failed");
  }

  private void report(long failed) {
    reports.add(new ProducerReport("p", Operation.PUT, clock.instant(), 1_000 - failed, failed));
  }

  private HealthVerdict rounds(int count) throws Exception {
    return rounds(monitor, count);
  }

  private HealthVerdict rounds(HealthMonitor of, int count) throws Exception {
    HealthVerdict verdict = null;
    for (int i = 0; i < count; i++) {
      clock.advance(Duration.ofSeconds(1));
      verdict = of.round();
    }
    return verdict;
  }
}
