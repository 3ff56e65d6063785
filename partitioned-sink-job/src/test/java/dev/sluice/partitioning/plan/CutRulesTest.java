package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.sluice.partitioning.plan.SimulatedPartition.Rules;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutRulesTest {
  /** A simulation is chance: with the same seed it is the same chance in each run. */
  private static final String SEED = "20260101";

  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final long RECORDS = 40_000;

  /** Rows of one length; size and age anywhere between never and always. */
  @Property(tries = 150, seed = SEED)
  void equalRowsMakeAsManyObjectsAsInTheSimulation(
      @ForAll long seed,
      @ForAll @DoubleRange(min = -2, max = 3) double logExpected,
      @ForAll @DoubleRange(min = 0, max = 3) double logFull,
      @ForAll @DoubleRange(min = -3, max = 3) double logRate) {
    double rate = Math.pow(10, logRate);
    Rules rules =
        new Rules(100 * Math.pow(10, logFull), NONE, Math.pow(10, logExpected) / rate, NONE);

    var simulated = SimulatedPartition.run(seed, rate, random -> 100, rules, RECORDS);

    assertThat(rules.cut().recordsPerObject(rate, 100, 0))
        .isCloseTo(simulated.recordsPerObject(), withPercentage(10));
  }

  @Property(tries = 100, seed = SEED)
  void rowsOfAllLengthsMakeAsManyObjectsAsInTheSimulation(
      @ForAll long seed,
      @ForAll @DoubleRange(min = -1, max = 3) double logExpected,
      @ForAll @DoubleRange(min = 0, max = 2.5) double logFull,
      @ForAll @IntRange(min = 1, max = 1000) int least,
      @ForAll @IntRange(min = 0, max = 1000) int spread) {
    double mean = least + spread / 2.0;
    double variance = spread * (spread + 2.0) / 12;
    Rules rules = new Rules(mean * Math.pow(10, logFull), NONE, Math.pow(10, logExpected), NONE);

    var simulated =
        SimulatedPartition.run(
            seed, 1, random -> least + random.nextInt(spread + 1), rules, RECORDS);

    assertThat(rules.cut().recordsPerObject(1, mean, variance))
        .isCloseTo(simulated.recordsPerObject(), withPercentage(10));
  }

  @Property(tries = 100, seed = SEED)
  void inactivityAndNumberOfRecordsMakeAsManyObjectsAsInTheSimulation(
      @ForAll long seed,
      @ForAll @DoubleRange(min = -1, max = 2.7) double logExpected,
      @ForAll @DoubleRange(min = -1, max = 1) double logInactive,
      @ForAll @IntRange(min = 1, max = 500) int records) {
    Rules rules = new Rules(1e9, records, Math.pow(10, logExpected), Math.pow(10, logInactive));

    var simulated = SimulatedPartition.run(seed, 1, random -> 100, rules, RECORDS);

    assertThat(rules.cut().recordsPerObject(1, 100, 0))
        .isCloseTo(simulated.recordsPerObject(), withPercentage(10));
  }

  @Property(tries = 60, seed = SEED)
  void activityAndContentAreThoseOfTheSimulation(
      @ForAll long seed,
      @ForAll @DoubleRange(min = -1, max = 2.5) double logExpected,
      @ForAll @DoubleRange(min = 0.5, max = 3) double logFull) {
    Rules rules = new Rules(100 * Math.pow(10, logFull), NONE, Math.pow(10, logExpected), NONE);
    var flow = PartitionEstimate.Flow.seen("p", PartitionSample.of(1, 100), 1);
    var settings = PlanSettings.of((long) rules.size(), Duration.ofMinutes(1)).pieces(5 << 20, 0);

    var simulated = SimulatedPartition.run(seed, 1, random -> 100, rules, RECORDS);
    var estimate = PartitionEstimate.of(flow, settings, rules.cut());

    assertThat(estimate.active())
        .isCloseTo(simulated.activeSeconds / simulated.seconds, within(0.02));
    assertThat(estimate.memory(estimate.meanContent(), NONE, settings))
        .isCloseTo(
            simulated.byteSeconds / simulated.seconds,
            within(0.25 * 100 * simulated.recordsPerObject()));
  }

  @Test
  void slowPartitionsMakeAnObjectForEachRecord() {
    CutRules rules = new CutRules(1 << 20, NONE, 300, NONE);

    assertThat(rules.recordsPerObject(1e-9, 300, 0)).isCloseTo(1, within(1e-6));
  }

  @Test
  void ageAloneMakesRateByOnePlusRateTimesInterval() {
    CutRules rules = new CutRules(1e15, NONE, 300, NONE);

    assertThat(2 / rules.recordsPerObject(2, 300, 0)).isCloseTo(2.0 / (1 + 600), within(1e-6));
  }

  @Test
  void sizeAloneMakesRateBySize() {
    CutRules rules = new CutRules(1_024, NONE, 1e9, NONE);

    assertThat(rules.recordsPerObject(1e6, 300, 0)).isCloseTo(4, within(1e-6));
    assertThat(rules.recordsPerObject(1e6, 512, 0)).isCloseTo(2, within(1e-6));
    assertThat(rules.recordsPerObject(1e6, 5_000, 0)).isCloseTo(1, within(1e-6));
  }
}
