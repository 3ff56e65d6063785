package dev.sluice.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleDayTest {
  /** Set it to write the file anew: {@code -Dsluice.sample-data.write=true}. */
  private static final String WRITE = "sluice.sample-data.write";

  @Test
  void isTheFileOfTheSampleData() throws Exception {
    List<String> made = SampleDay.lines();
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(SampleDay.FILE.getParent());
      Files.writeString(SampleDay.FILE, String.join("\n", made) + "\n");
    }

    assertThat(Files.readAllLines(SampleDay.FILE)).isEqualTo(made);
    assertThat(Files.size(SampleDay.FILE)).isLessThan(1_000_000);
  }
}
