package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.region.FileRegister;
import dev.sluice.common.region.RegionChange;
import dev.sluice.common.region.RegionState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  @TempDir Path folder;

  /** It is read every few seconds, and may be behind for hours. */
  @Test
  void tellsOnceThatTheRegisterIsBehindAndWhenItIsNot() throws Exception {
    List<ActiveRegion> epochs = epochs(3);
    Lease lease = new Lease();
    try (Logged log = Logged.by(Lease.class)) {
      lease.confirmed(epochs.get(2), 0);
      for (int read = 1; read <= 1_000; read++) {
        assertThat(lease.confirmed(epochs.get(read < 500 ? 0 : 1), read)).isFalse();
      }
      assertThat(lease.epoch()).isEqualTo(3);
      assertThat(lease.heldUntil()).isEqualTo(10_000);
      lease.confirmed(epochs.get(2), 1_001);
      lease.confirmed(epochs.get(2), 1_002);
      lease.confirmed(epochs.get(1), 1_003);

      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("WARN"))
          .hasSize(3)
          .allMatch(line -> line.contains("went back"));
      assertThat(log.lines()).filteredOn(line -> line.contains("no longer behind")).hasSize(1);
    }
  }

  private List<ActiveRegion> epochs(int count) throws Exception {
    List<ActiveRegion> epochs = new ArrayList<>();
    try (FileRegister register = FileRegister.in(folder)) {
      register.prepare();
      for (int epoch = 0; epoch < count; epoch++) {
        RegionChange change =
            RegionChange.to("ticks", "us-east-2", RegionState.ACTIVE, "test", Instant.EPOCH)
                .lease(Duration.ofSeconds(10));
        epochs.add(register.change(epoch, change));
      }
    }
    return epochs;
  }
}
