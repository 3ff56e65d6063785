package dev.sluice.common.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.common.record.RecordVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
  @TempDir Path folder;
  private long micros = 1_000_000_000L;

  @Test
  void growOverKillsRestartsLostEpochsAndClocksThatGoBack() throws Exception {
    Random random = new Random(3);
    Versions versions = open();
    RecordVersion last = new RecordVersion(0, 0, "p");
    long epoch = 0;
    for (int i = 0; i < 3_000; i++) {
      micros += random.nextInt(1_000_000) - 500_000;
      epoch += random.nextInt(200) == 0 ? 1 : 0;
      if (random.nextInt(50) == 0) {
        if (random.nextBoolean()) {
          versions.close();
        }
        versions = open();
      }
      RecordVersion next = versions.next(random.nextInt(10) == 0 ? 0 : epoch);
      assertThat(next).isGreaterThan(last);
      assertThat(next.epoch()).isGreaterThanOrEqualTo(last.epoch());
      last = next;
    }
  }

  @Test
  void areOfTheClockSoThatThoseOfTwoProducersCompare() throws Exception {
    Versions versions = open();
    assertThat(versions.next(1).sequence()).isEqualTo(1_000_000_000L);
    micros += 5;
    assertThat(versions.next(1).sequence()).isEqualTo(1_000_000_005L);
    versions.close();
    micros += 5;
    assertThat(open().next(1).sequence()).isEqualTo(1_000_000_010L);

    micros += 10;
    assertThat(open().next(1).sequence())
        .as("after a kill behind all that was promised")
        .isBetween(micros, micros + Versions.AHEAD + 10);
  }

  @Test
  void aFileThatCannotBeReadIsAnError() throws Exception {
    Files.writeString(folder.resolve("version"), "12");

    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("version");
  }

  private Versions open() throws IOException {
    return Versions.open(folder, "p", () -> micros);
  }
}
