package dev.sluice.partitioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LanesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int ROUND = 256;
  private static final int BYTES = 1_000;

  private long nanos;
  private final Lanes lanes = new Lanes(() -> nanos, 100_000, 1, 4);

  @Test
  void startsWithOneLaneForEveryPartition() {
    assertThat(lanesOf("hot", 10_000)).containsExactly(0);
    assertThat(lanes.hotPartitions()).isZero();
  }

  @Test
  void givesAHotPartitionTheLanesThatItsRateNeeds() {
    // 256 KB a second where a lane takes 100 KB: three lanes.
    secondOf("hot");

    assertThat(lanesOf("hot", 30)).containsExactly(0, 1, 2);
    assertThat(lanes.hotPartitions()).isOne();
  }

  @Test
  void leavesAColdPartitionTogetherBesideAHotOne() {
    secondOf("hot");

    assertThat(lanesOf("cold", 1_000)).containsExactly(0);
  }

  @Test
  void neverGivesMoreLanesThanTheSinkHasSubtasks() {
    for (int i = 0; i < 10; i++) {
      secondOf("hot", SECOND / 10);
    }

    assertThat(lanesOf("hot", 100)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void measuresTheShareOfOneSourceOutOfMany() {
    Lanes oneOfFour = new Lanes(() -> nanos, 100_000, 4, 16);
    second(oneOfFour, "hot", SECOND);

    // This source sees 256 KB a second, so the job has four times that: eleven lanes.
    assertThat(lanesOf(oneOfFour, "hot", 100)).hasSize(11);
  }

  @Test
  void gathersAPartitionThatHasCooledDown() {
    secondOf("hot");
    secondOf("other");
    secondOf("other");

    assertThat(lanesOf("hot", 10)).containsExactly(0);
  }

  @Test
  void keepsItsLanesWhileTheRateFallsByLessThanAQuarter() {
    secondOf("hot", SECOND); // 256 KB a second: three lanes
    secondOf("hot", SECOND * 13 / 10); // 197 KB a second would be two

    assertThat(lanesOf("hot", 30)).containsExactly(0, 1, 2);
  }

  @Test
  void asksForNoClockWhenThereIsOneSubtask() {
    Lanes single =
        new Lanes(
            () -> {
              assertThat(nanos).as("asked once, when made").isZero();
              return nanos;
            },
            100_000,
            1,
            1);
    nanos = 1;

    assertThat(lanesOf(single, "any", 1_000)).containsExactly(0);
  }

  private void secondOf(String partition) {
    secondOf(partition, SECOND);
  }

  private void secondOf(String partition, long duration) {
    second(lanes, partition, duration);
  }

  /** 256 records of 1,000 bytes; time passes before the last one. */
  private void second(Lanes lanes, String partition, long duration) {
    for (int i = 0; i < ROUND; i++) {
      if (i == ROUND - 1) {
        nanos += duration;
      }
      lanes.next(partition, BYTES);
    }
  }

  private Set<Integer> lanesOf(String partition, int records) {
    return lanesOf(lanes, partition, records);
  }

  private static Set<Integer> lanesOf(Lanes lanes, String partition, int records) {
    Set<Integer> seen = new TreeSet<>();
    for (int i = 0; i < records; i++) {
      seen.add(lanes.next(partition, BYTES));
    }
    return seen;
  }
}
