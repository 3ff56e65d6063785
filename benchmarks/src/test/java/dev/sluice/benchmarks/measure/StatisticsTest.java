package dev.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void findsMediansAndQuantilesOfFiguresInAnyOrder() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).hasValue(5.0);
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 6.0))).hasValue(5.5);
    assertThat(Statistics.median(List.of())).isEmpty();
    assertThat(Statistics.quantile(List.of(0.0, 10.0), 0.99)).hasValue(9.9);
    assertThat(Statistics.quantile(List.of(3.0), 0.99)).hasValue(3.0);
  }
}
