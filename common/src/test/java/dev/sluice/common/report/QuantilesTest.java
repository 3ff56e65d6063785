package dev.sluice.common.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Property(tries = 500)
  void areAtMostOnePerCentOff(
      @ForAll @Size(min = 1, max = 200)
          List<@DoubleRange(min = 0.001, max = 1e7) @Scale(3) Double> millis) {
    Quantiles quantiles = new Quantiles();
    millis.forEach(quantiles::add);
    List<Double> sorted = millis.stream().sorted().toList();

    for (double share : new double[] {0.5, 0.95, 1}) {
      double exact = sorted.get(Math.max(1, (int) Math.ceil(share * sorted.size())) - 1);
      assertThat(quantiles.at(share)).isCloseTo(exact, within(exact * 0.0101));
    }
  }

  @Test
  void areZeroWithoutDurations() {
    assertThat(new Quantiles().at(0.5)).isZero();
  }

  @Test
  void takeWhatIsBelowAndAboveTheirRange() {
    Quantiles quantiles = new Quantiles();
    quantiles.add(0);
    quantiles.add(1e12);

    assertThat(quantiles.at(0.5)).isEqualTo(0.001);
    assertThat(quantiles.at(1)).isGreaterThan(1e7);
  }
}
