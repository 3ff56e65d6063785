package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UnseenPartitionsTest {
  @Test
  void isChao1() {
    UnseenPartitions unseen = UnseenPartitions.beyond(List.of(1L, 1L, 1L, 2L, 2L, 5L));

    assertThat(unseen.number()).isCloseTo(11.0 / 12 * 9 / 4, within(1e-9));
    assertThat(unseen.share()).isCloseTo(3.0 / 12 * 33 / (33 + 4), within(1e-9));
  }

  @Test
  void isChao1WithoutPartitionsOfTwo() {
    UnseenPartitions unseen = UnseenPartitions.beyond(List.of(1L, 1L, 1L, 7L));

    assertThat(unseen.number()).isCloseTo(9.0 / 10 * 3, within(1e-9));
    assertThat(unseen.share()).isCloseTo(0.3 * 18 / 20, within(1e-9));
  }

  @Test
  void seesNothingBeyondPartitionsThatAreAllFrequent() {
    UnseenPartitions unseen = UnseenPartitions.beyond(List.of(30L, 70L));

    assertThat(unseen.number()).isZero();
    assertThat(unseen.share()).isZero();
    assertThat(unseen.shareOfSeen(30)).isEqualTo(0.3);
  }

  @Test
  void oneRecordSaysNothing() {
    assertThat(UnseenPartitions.beyond(List.of(1L)).share()).isZero();
    assertThat(UnseenPartitions.beyond(List.of()).number()).isZero();
  }

  @Property(tries = 40, seed = "20260101")
  void equallyRarePartitionsAreFound(
      @ForAll long seed, @ForAll @IntRange(min = 20_000, max = 60_000) int partitions) {
    int records = partitions / 2;
    Random random = new Random(seed);
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < records; i++) {
      counts.merge(random.nextInt(partitions), 1L, Long::sum);
    }

    UnseenPartitions unseen = UnseenPartitions.beyond(counts.values());

    assertThat(counts.size() + unseen.number()).isCloseTo(partitions, withPercentage(25));
    assertThat(unseen.share()).isCloseTo(1 - (double) counts.size() / partitions, within(0.1));
  }

  @Property(tries = 40, seed = "20260101")
  void allSharesAreOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2_000) int partitions) {
    Random random = new Random(seed);
    Map<Integer, Long> counts = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      double skewed = random.nextDouble();
      counts.merge((int) (partitions * skewed * skewed * skewed), 1L, Long::sum);
    }

    UnseenPartitions unseen = UnseenPartitions.beyond(counts.values());

    double seen = counts.values().stream().mapToDouble(unseen::shareOfSeen).sum();
    assertThat(seen + unseen.share()).isCloseTo(1, within(0.01));
  }
}
