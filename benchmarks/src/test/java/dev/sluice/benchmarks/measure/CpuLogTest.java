package dev.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuLogTest {
  @TempDir Path folder;

  @Test
  void tellsTheTimeBetweenSamplesAndNoneBesideThem() {
    CpuLog log =
        new CpuLog(
            List.of(
                new long[] {1_000, 0, 0},
                new long[] {2_000, 1_000_000_000, 5},
                new long[] {3_000, 1_500_000_000, 7}));

    assertThat(log.seconds(1_500, 2_500)).isCloseTo(0.75, within(1e-9));
    assertThat(log.seconds(0, 9_000)).isCloseTo(1.5, within(1e-9));
    assertThat(log.done()).isEqualTo(7);
  }

  @Test
  void readsWhatItHasWrittenAndNoLineThatIsNotWhole() throws Exception {
    Path file = folder.resolve("cpu.log");
    AtomicInteger left = new AtomicInteger(3);
    CpuLog.write(file, () -> 42, () -> left.getAndDecrement() > 0);
    Files.writeString(file, Files.readString(file) + "12");

    assertThat(CpuLog.read(file).done()).isEqualTo(42);
    assertThat(CpuLog.read(folder.resolve("none")).done()).isZero();
  }
}
