package dev.sluice.replication.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.config.JobArguments;
import dev.sluice.replication.health.HealthState;
import dev.sluice.replication.health.HealthVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorCommandTest {
  /** In all other cases the monitor itself may be what is cut off, or there is nowhere to go. */
  @Test
  void leavesAnUnhealthyRegionForAHealthyOneOnly() {
    for (HealthState active : HealthState.values()) {
      for (HealthState other : HealthState.values()) {
        assertThat(MonitorCommand.warrants(verdict(active), verdict(other)))
            .as(active + ", " + other)
            .isEqualTo(active == HealthState.UNHEALTHY && other == HealthState.HEALTHY);
      }
    }
    assertThat(MonitorCommand.warrants(null, verdict(HealthState.HEALTHY))).isFalse();
    assertThat(MonitorCommand.warrants(verdict(HealthState.UNHEALTHY), null)).isFalse();
  }

  @Test
  void refusesAWindowThatIsTooShortForItsCanariesAndForWhatMustLast() {
    settings("--monitor.window=55 s");
    assertThatThrownBy(() -> settings("--monitor.window=54 s"))
        .hasMessageContaining("monitor.window")
        .hasMessageContaining("must hold 5 canaries");
    assertThatThrownBy(() -> settings("--monitor.lasting=5 min"))
        .hasMessageContaining("must be shorter than the window");
    assertThatThrownBy(() -> settings("--monitor.error-rate=0"))
        .hasMessageContaining("must be above 0");
  }

  private static MonitorCommand settings(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--kinesis.streams=ticks",
                "--kinesis.region=us-west-2",
                "--kinesis-sink.stream=ticks",
                "--kinesis-sink.region=us-east-2",
                "--positions.path=/positions",
                "--register.path=/register"));
    args.addAll(List.of(more));
    return JobArguments.parse(args.toArray(String[]::new), MonitorOptions.ALL, MonitorCommand::new);
  }

  private static HealthVerdict verdict(HealthState state) {
    return new HealthVerdict(state, Instant.EPOCH, "");
  }
}
