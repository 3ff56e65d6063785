package dev.sluice.partitioning.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.partitioning.plan.PlanEstimate.Compression;
import dev.sluice.partitioning.plan.PlanRequest.Rate;
import dev.sluice.partitioning.sink.PartitionedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class PlanWarningsTest {
  private static final long MIB = 1 << 20;
  private static final PlanSettings ROOMY =
      PlanSettings.of(4 * MIB, Duration.ofMinutes(5)).memory(1L << 40, 1);

  @Test
  void thereIsNothingToWarnOfWherePartitionsAreFewAndFast() {
    assertThat(warnings(sample(1_000, i -> "p" + i % 10), 100_000, ROOMY)).isEmpty();
  }

  @Test
  void smallObjectsComeWithWhatMakesThemLarger() {
    List<String> all = warnings(sample(1_000, i -> "p" + i % 10), 10, ROOMY);

    assertThat(all)
        .singleElement()
        .asString()
        .startsWith("100.0 % of the objects are small, below 1 MiB. --buffer.interval=60min would")
        .contains("make 10.0 an hour")
        .contains("instead of 120")
        .doesNotContain("buffer.size");
  }

  @Test
  void sizesThatMakeSmallObjectsAreNamed() {
    PlanSettings small = ROOMY.bufferSize(64 << 10);

    assertThat(warnings(sample(1_000, i -> "p" + i % 10), 100_000, small))
        .singleElement()
        .asString()
        .contains("--buffer.size=128mb would make")
        .doesNotContain("buffer.interval");
  }

  @Test
  void keysThatAreIdentifiersAreTold() {
    assertThat(warnings(sample(1_000, i -> "id" + i), 1_000, ROOMY))
        .anyMatch(line -> line.startsWith("1,000 partitions for 1,000 rows: nearly each row"));
  }

  @Test
  void samplesThatShowTooLittleAreTold() {
    assertThat(warnings(sample(1_000, i -> i < 800 ? "p" + i % 4 : "r" + i), 1e6, ROOMY))
        .anyMatch(line -> line.contains("take a larger sample"));
  }

  @Test
  void memoryThatIsTooSmallComesWithWhatWouldDo() {
    List<String> all =
        warnings(sample(100_000, i -> "p" + i % 500), 20_000, ROOMY.memory(16 * MIB, 2));

    String line =
        all.stream().filter(one -> one.startsWith("Memory ends")).findFirst().orElseThrow();
    int enough = Integer.parseInt(line.replaceFirst(".*--buffer.memory=(\\d+)mb.*", "$1"));
    assertThat(warnings(sample(100_000, i -> "p" + i % 500), 20_000, ROOMY.memory(enough * MIB, 2)))
        .noneMatch(one -> one.startsWith("Memory ends"));
  }

  @Test
  void limitsOfActivePartitionsAreTold() {
    SampleSummary sample = sample(100_000, i -> "p" + i % 1_000);

    assertThat(warnings(sample, 1e6, ROOMY.endingOldestBeyond(500)))
        .anyMatch(line -> line.startsWith("--partitions.max-active=500 ends objects after"));
    assertThat(warnings(sample, 1e6, ROOMY.refusingBeyond(500)))
        .anyMatch(line -> line.contains("above --partitions.max-active=500: records of others"));
    assertThat(warnings(sample, 1e6, ROOMY.refusingBeyond(5_000)))
        .noneMatch(line -> line.contains("max-active"));
  }

  @Test
  void hotPartitionsAreTold() {
    SampleSummary sample = sample(10_000, i -> i % 10 < 9 ? "hot\u001b" : "p" + i % 1_000);

    assertThat(warnings(sample, 1e6, ROOMY))
        .anyMatch(line -> line.startsWith("One of 101 partitions") && line.endsWith("hot\\u{1b}"));
    assertThat(warnings(sample, 1e6, ROOMY.memory(1L << 40, 8).laneThroughput(50_000_000)))
        .anyMatch(line -> line.contains("is spread over 2 subtasks"));
  }

  @Test
  void deadLettersAndGuessesAreTold() throws IOException {
    SampleSummary sample = new SampleSummary();
    byte[] letter = DeadLetterJson.write(DeadLetter.builder("s", "no\u001bkey", "m").build());
    sample.add(new PartitionedRecord("errors/", letter, 0L, true));
    PlanEstimate plan = PlanEstimate.of(sample.partitions(), 1000, ROOMY, Compression.NONE);

    assertThat(new PlanWarnings(sample, new Rate(1000, "a guess", true), plan).all())
        .anyMatch(line -> line.startsWith("Rates are a guess"))
        .anyMatch(
            line ->
                line.startsWith(
                    "100.0 % of the records go to the error prefix, most for 'no\\u{1b}key'"));
  }

  private static List<String> warnings(SampleSummary sample, double rate, PlanSettings settings) {
    PlanEstimate plan = PlanEstimate.of(sample.partitions(), rate, settings, Compression.NONE);
    return new PlanWarnings(sample, new Rate(rate, "as given", false), plan).all();
  }

  private static SampleSummary sample(int rows, IntFunction<String> partition) {
    SampleSummary sample = new SampleSummary();
    for (int i = 0; i < rows; i++) {
      sample.add(new PartitionedRecord(partition.apply(i), new byte[100], i, false));
    }
    return sample;
  }
}
