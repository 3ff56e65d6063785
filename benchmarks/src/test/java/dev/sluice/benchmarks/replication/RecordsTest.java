package dev.sluice.benchmarks.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordsTest {
  @Test
  void seesWhatIsMissingRepeatedAndOutOfOrder() {
    Records records = new Records(6);

    records.add(0, "a", 100);
    records.add(2, "a", 120);
    records.add(1, "a", 130); // behind a younger one
    records.add(2, "a", 140); // once more: no disorder
    records.add(3, "b", 110);
    records.add(4, "b", 115);

    assertThat(records.reorderedKeys()).isEqualTo(1);
    assertThat(records.repeated()).isEqualTo(1);
    assertThat(records.missing()).isEqualTo(1);
    assertThat(records.has(5)).isFalse();
    assertThat(records.arrival(2)).as("the first").isEqualTo(120);
    assertThat(records.arrivalsBelow(4)).containsExactly(100, 110, 120, 130);
  }
}
