package dev.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedRatiosTest {
  @Test
  void givesMeanAndStandardErrorOfAFewLogarithms() {
    PairedRatios ratios =
        PairedRatios.of(List.of(Math.exp(0.01), Math.exp(0.02), Math.exp(0.03), Math.exp(0.06)));

    assertThat(ratios.mean()).isCloseTo(0.03, within(1e-12));
    double variance = (0.02 * 0.02 + 0.01 * 0.01 + 0 + 0.03 * 0.03) / 3;
    assertThat(ratios.standardError()).isCloseTo(Math.sqrt(variance / 4), within(1e-12));
  }

  @Test
  void aDisturbedPairHardlyCounts() {
    List<Double> quiet = new ArrayList<>(Collections.nCopies(9, 1.01));

    quiet.add(3.0);

    assertThat(PairedRatios.of(quiet).share()).isCloseTo(0.01, within(1e-9));
    assertThat(PairedRatios.of(quiet).below(0.02)).isEqualTo("met");
  }

  @Test
  void theTruthIsWithinTwoStandardErrorsMostOfTheTime() {
    Random random = new Random(7);
    int within = 0;
    int runs = 2_000;
    for (int run = 0; run < runs; run++) {
      List<Double> ratios = new ArrayList<>();
      for (int pair = 0; pair < 20; pair++) {
        double noise = random.nextGaussian() * (random.nextInt(10) == 0 ? 0.2 : 0.03);
        ratios.add(Math.exp(0.01 + noise));
      }
      PairedRatios found = PairedRatios.of(ratios);
      if (Math.abs(found.mean() - 0.01) <= 2 * found.standardError()) {
        within++;
      }
    }

    assertThat(within / (double) runs).isBetween(0.90, 0.98);
  }

  @Test
  void saysMetMissedOrHowManyPairsItNeeds() {
    assertThat(new PairedRatios(10, 0.0, 0.005).below(0.02)).isEqualTo("met");
    assertThat(new PairedRatios(10, 0.05, 0.005).below(0.02)).isEqualTo("**missed**");
    assertThat(new PairedRatios(10, Math.log1p(0.01), 0.02).below(0.02))
        .isEqualTo("too noisy to tell (needs 165 pairs)");
    assertThat(PairedRatios.of(List.of()).below(0.02)).isEmpty();
    assertThat(PairedRatios.of(List.of(1.0)).below(0.02)).isEmpty();
  }

  @Test
  void severalCountAlike() {
    PairedRatios mean =
        PairedRatios.meanOf(
            List.of(new PairedRatios(4, 0.02, 0.03), new PairedRatios(9, 0.04, 0.04)));

    assertThat(mean.pairs()).isEqualTo(13);
    assertThat(mean.mean()).isCloseTo(0.03, within(1e-12));
    assertThat(mean.standardError()).isCloseTo(0.025, within(1e-12));
  }
}
