package dev.sluice.partitioning.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexRandomTest {
  @Test
  void dependsOnSeedAndIndexAlone() {
    IndexRandom random = new IndexRandom(1);
    long first = random.at(7).nextLong();
    random.at(8).nextLong();

    assertThat(random.at(7).nextLong()).isEqualTo(first);
    assertThat(new IndexRandom(1).at(7).nextLong()).isEqualTo(first);
    assertThat(new IndexRandom(2).at(7).nextLong()).isNotEqualTo(first);
  }

  @Test
  void neighboursHaveNothingInCommon() {
    IndexRandom random = new IndexRandom(0);
    Set<Long> seen = new HashSet<>();
    for (int index = 0; index < 10_000; index++) {
      random.at(index);
      for (int i = 0; i < 10; i++) {
        seen.add(random.nextLong());
      }
    }

    assertThat(seen).hasSize(100_000);
  }

  @Test
  void numbersAreEvenlySpread() {
    IndexRandom random = new IndexRandom(42);
    int[] counts = new int[10];
    double sum = 0;
    for (int index = 0; index < 100_000; index++) {
      counts[random.at(index).nextInt(10)]++;
      double share = random.nextDouble();
      assertThat(share).isBetween(0.0, Math.nextDown(1.0));
      sum += share;
    }

    assertThat(java.util.Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    assertThat(sum / 100_000).isBetween(0.495, 0.505);
  }
}
