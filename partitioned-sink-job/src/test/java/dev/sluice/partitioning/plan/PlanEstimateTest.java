package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.sluice.partitioning.plan.PlanEstimate.Compression;
import dev.sluice.partitioning.plan.SimulatedPartition.Rules;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PlanEstimateTest {
  private static final long MIB = 1 << 20;

  /** A skewed stream; its sample is drawn, the truth is simulated from the rates themselves. */
  @Property(tries = 15, seed = "20260101")
  void objectsOfAStreamAreThoseOfItsSimulation(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 1.3) double skew,
      @ForAll @DoubleRange(min = 0, max = 2) double logRate) {
    double[] rates = zipf(60, skew, 20 * Math.pow(10, logRate));
    PlanSettings settings = PlanSettings.of(20_000, Duration.ofSeconds(30)).memory(1L << 40, 1);
    PlanEstimate plan =
        PlanEstimate.of(sample(seed, rates, 20_000), total(rates), settings, Compression.NONE);

    double objectsPerSecond = 0;
    for (int i = 0; i < rates.length; i++) {
      var run =
          SimulatedPartition.run(
              seed + i, rates[i], random -> 100, new Rules(20_000, 1e18, 30, 1e18), 20_000);
      objectsPerSecond += run.objects / run.seconds;
    }

    assertThat(plan.all().objectsPerHour).isCloseTo(3600 * objectsPerSecond, withPercentage(10));
  }

  /** Here a plan from the seen partitions alone would be wrong by a factor of more than ten. */
  @Test
  void partitionsBeyondTheSampleMakeObjectsToo() {
    int partitions = 200_000;
    double rate = 1_000;
    double[] rates = zipf(partitions, 0, rate);
    PlanSettings settings = PlanSettings.of(MIB, Duration.ofSeconds(100)).memory(1L << 40, 1);

    PlanEstimate plan = PlanEstimate.of(sample(7, rates, 10_000), rate, settings, Compression.NONE);

    double each = rate / partitions;
    double expected = 3600 * partitions * each / (1 + each * 100);
    assertThat(plan.all().objectsPerHour).isCloseTo(expected, withPercentage(10));
    assertThat(plan.active())
        .isCloseTo(partitions * (each * 100 / (1 + each * 100)), withPercentage(15));
    assertThat(plan.all().recordsPerSecond).isCloseTo(rate, withPercentage(1));
  }

  @Test
  void memoryThatIsTooSmallEndsObjectsEarlier() {
    double[] rates = zipf(1_000, 0, 10_000);
    PlanSettings roomy = PlanSettings.of(128 * MIB, Duration.ofMinutes(5)).memory(1L << 40, 1);

    PlanEstimate plan = PlanEstimate.of(sample(1, rates, 50_000), 10_000, roomy, Compression.NONE);
    PlanEstimate tight = plan.under(roomy.memory(16 * MIB, 1));

    assertThat(plan.effectiveSeconds).isEqualTo(300);
    assertThat(tight.effectiveSeconds).isBetween(20.0, 40.0); // 1 MB a second, half of it waits
    assertThat(tight.memory()).isLessThanOrEqualTo(16.0 * MIB).isGreaterThan(15.5 * MIB);
    assertThat(tight.limitedByPartitions).isFalse();
    assertThat(tight.all().objectsPerHour).isGreaterThan(5 * plan.all().objectsPerHour);
  }

  @Test
  void limitOfActivePartitionsEndsTheOldest() {
    double[] rates = zipf(1_000, 0, 100);
    PlanSettings settings = PlanSettings.of(128 * MIB, Duration.ofMinutes(5));

    PlanEstimate plan =
        PlanEstimate.of(
            sample(1, rates, 50_000), 100, settings.endingOldestBeyond(500), Compression.NONE);
    PlanEstimate refusing = plan.under(settings.refusingBeyond(500));

    assertThat(plan.active()).isCloseTo(500, within(1.0));
    assertThat(plan.limitedByPartitions).isTrue();
    assertThat(plan.effectiveSeconds).isCloseTo(10, within(0.5)); // rT/(1+rT) = 1/2 at r = 0.1
    assertThat(refusing.active()).isGreaterThan(900);
    assertThat(refusing.effectiveSeconds).isEqualTo(300);
  }

  @Test
  void hotPartitionsHaveAnObjectInEachLane() {
    Map<String, PartitionSample> sample = Map.of("hot/", PartitionSample.of(1_000, 1_000));
    PlanSettings settings = PlanSettings.of(128 * MIB, Duration.ofSeconds(10)).memory(1L << 40, 8);

    PlanEstimate one = PlanEstimate.of(sample, 100_000, settings, Compression.NONE);
    PlanEstimate four = one.under(settings.laneThroughput(25_000_000));

    assertThat(four.partitions.get(0).lanes).isEqualTo(4);
    assertThat(one.all().objectsPerHour).isCloseTo(2_682, withPercentage(1)); // 100 MB/s by 128 MiB
    assertThat(four.all().objectsPerHour).isCloseTo(2_682, withPercentage(1));
    assertThat(
            four.under(settings.interval(Duration.ofSeconds(1)).laneThroughput(25_000_000))
                .all()
                .objectsPerHour)
        .isCloseTo(4 * 3600, withPercentage(1));
  }

  @Test
  void requestsAreThoseOfMultipartUploads() {
    Map<String, PartitionSample> sample = Map.of("a/", PartitionSample.of(1_000, 1_024));
    PlanSettings settings = PlanSettings.of(12 * MIB, Duration.ofDays(1)).memory(1L << 40, 1);

    PlanEstimate plan = PlanEstimate.of(sample, 1_024, settings, Compression.NONE);
    PlanEstimate halved = PlanEstimate.of(sample, 1_024, settings, new Compression(0.25, true));

    assertThat(plan.all().objectsPerHour).isCloseTo(300, within(0.1));
    assertThat(plan.all().requestsPerMonth).isCloseTo(300 * 720 * 5, withPercentage(0.1));
    assertThat(halved.all().requestsPerMonth).isCloseTo(300 * 720 * 3, withPercentage(0.1));
    assertThat(halved.all().meanObjectBytes).isCloseTo(3.0 * MIB, withPercentage(0.1));
  }

  @Test
  void deadLettersAreObjectsToo_butNoPartitionsOfTheData() {
    PartitionSample failed = new PartitionSample(true);
    failed.add(400);
    Map<String, PartitionSample> sample = new HashMap<>();
    sample.put("errors/", failed);
    sample.put("a/", PartitionSample.of(3, 100));

    PlanEstimate plan =
        PlanEstimate.of(
            sample, 4, PlanSettings.of(MIB, Duration.ofSeconds(9)), new Compression(0.5, true));

    assertThat(plan.skew.partitions).isEqualTo(1);
    assertThat(plan.unseen.number()).isZero();
    assertThat(plan.partitions).extracting(one -> one.name).containsExactly("a/", "errors/");
    assertThat(plan.all().recordsPerSecond).isEqualTo(4);
    assertThat(plan.sumOf(plan.partitions.subList(1, 2)).meanObjectBytes)
        .isCloseTo(4_000, within(1e-6)); // 1 + 1 * 9 records, as they are
  }

  @Test
  void skewIsThatOfGini() {
    assertThat(Skew.of(List.of(5L, 5L, 5L, 5L)).gini).isCloseTo(0, within(1e-12));
    assertThat(Skew.of(List.of(1L, 1L, 1L, 97L)).gini).isCloseTo(0.72, within(1e-12));
    assertThat(Skew.of(List.of(1L, 1L, 1L, 97L)).toMean).isCloseTo(3.88, within(1e-12));
    assertThat(Skew.of(List.of()).largest).isZero();
  }

  private static double[] zipf(int partitions, double exponent, double total) {
    double[] rates = new double[partitions];
    double sum = 0;
    for (int i = 0; i < partitions; i++) {
      rates[i] = Math.pow(i + 1, -exponent);
      sum += rates[i];
    }
    for (int i = 0; i < partitions; i++) {
      rates[i] *= total / sum;
    }
    return rates;
  }

  private static double total(double[] rates) {
    double sum = 0;
    for (double rate : rates) {
      sum += rate;
    }
    return sum;
  }

  private static Map<String, PartitionSample> sample(long seed, double[] rates, int records) {
    Random random = new Random(seed);
    double[] upTo = rates.clone();
    for (int i = 1; i < upTo.length; i++) {
      upTo[i] += upTo[i - 1];
    }
    Map<String, PartitionSample> sample = new HashMap<>();
    for (int i = 0; i < records; i++) {
      int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
      sample
          .computeIfAbsent("p" + (at < 0 ? -at - 1 : at), name -> new PartitionSample(false))
          .add(100);
    }
    return sample;
  }
}
