package dev.sluice.partitioning.clickstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ZipfRanksTest {
  private static final int DRAWS = 40_000;

  @Property(tries = 40)
  void drawsEachRankAsOftenAsItsWeightSays(
      @ForAll @IntRange(min = 1, max = 200) int ranks,
      @ForAll @DoubleRange(max = 3) double exponent) {
    ZipfRanks zipf = new ZipfRanks(ranks, exponent);
    IndexRandom random = new IndexRandom(ranks);
    int[] counts = new int[ranks];
    for (int i = 0; i < DRAWS; i++) {
      counts[zipf.draw(random.at(i).nextLong())]++;
    }

    double sum = 0;
    for (int rank = 1; rank <= ranks; rank++) {
      sum += Math.pow(rank, -exponent);
    }
    for (int rank = 1; rank <= ranks; rank++) {
      double share = Math.pow(rank, -exponent) / sum;
      // Counts of rare ranks are no bell curve: a few draws more than six deviations are nothing.
      double sixDeviations = 6 * Math.sqrt(share * (1 - share) / DRAWS) + 6.0 / DRAWS;
      assertThat((double) counts[rank - 1] / DRAWS)
          .as("rank %s of %s, exponent %s", rank, ranks, exponent)
          .isCloseTo(share, within(sixDeviations));
    }
  }

  @Property(tries = 200)
  void extremeBitsDrawARank(
      @ForAll @IntRange(min = 1, max = 1_000) int ranks, @ForAll long random) {
    ZipfRanks zipf = new ZipfRanks(ranks, 1.5);

    assertThat(zipf.draw(random)).isBetween(0, ranks - 1);
    assertThat(zipf.draw(-1L)).isBetween(0, ranks - 1);
    assertThat(zipf.draw(0L)).isBetween(0, ranks - 1);
  }
}
