package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialCompressionTest {
  private static final GzipLines GZIP = new GzipLines();

  @Test
  void smallObjectsShrinkLessThanLargeOnes() throws IOException {
    double one = TrialCompression.of(GZIP, clicks(2_000), 1).ratio;
    double some = TrialCompression.of(GZIP, clicks(2_000), 4_000).ratio;
    double many = TrialCompression.of(GZIP, clicks(2_000), 100_000).ratio;

    assertThat(one).isGreaterThan(0.9);
    assertThat(some).isBetween(0.01, 0.6);
    assertThat(many).isLessThan(some);
  }

  @Test
  void samplesBelowOneObjectAreWrittenAsOne() throws IOException {
    assertThat(TrialCompression.of(GZIP, clicks(2_000), 1e12).ratio).isBetween(0.01, 0.3);
  }

  @Test
  void whatFormatsAddCounts() throws IOException {
    byte[] noise = new byte[1_000];
    new Random(3).nextBytes(noise);

    assertThat(TrialCompression.of(GZIP, List.of(noise), 1).ratio).isCloseTo(1.024, within(0.01));
  }

  @Test
  void partsOfTheObjectsStandForAllOfThem() throws IOException {
    QuarteredRows format = new QuarteredRows();

    assertThat(TrialCompression.of(format, clicks(50_000), 1).ratio).isCloseTo(0.25, within(0.01));
    assertThat(TrialCompression.of(format, clicks(50_000), 1).inParts).isTrue();
  }

  @Test
  void noRowsSayNothing() throws IOException {
    assertThat(TrialCompression.of(GZIP, List.of(), 1_000).ratio).isEqualTo(1);
  }

  private static List<byte[]> clicks(int number) {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String row = "{\"customer_id\":\"" + i + "\",\"event\":\"user_clicked_submit_button\"}";
      rows.add(row.getBytes(StandardCharsets.UTF_8));
    }
    return rows;
  }
}
