package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.Await;
import dev.sluice.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PartitionAdmissionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path root;
  private SimulatedSink sink;

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void errorPrefixMakesDeadLettersOfWhatIsTooMuch() throws Exception {
    start(OverflowPolicy.ERROR_PREFIX, BufferRules.ofBytes(1 << 20));
    write("a/", "1");
    write("b/", "2");
    write("c/", "3");
    write("a/", "4");
    sink.time.advance(2_000);
    long exceededThen = sink.metrics().gauge("PartitionCountExceeded");
    sink.time.advance(SinkMetrics.INTERVAL_MILLIS + 2_000);
    sink.commit(sink.finish().committables);

    assertLines("1", "2", "refused 3", "4");
    assertThat(sink.files().lines())
        .filteredOn(line -> line.text().equals("refused 3"))
        .allSatisfy(line -> assertThat(line.file()).startsWith("errors/"));
    assertThat(sink.metrics().count("recordsRefused")).isEqualTo(1);
    assertThat(exceededThen).isEqualTo(1);
    assertThat(sink.metrics().gauge("PartitionCountExceeded")).isZero();
  }

  @Test
  void recordsThatCannotBeRefusedCloseTheOldest() throws Exception {
    start(OverflowPolicy.ERROR_PREFIX, BufferRules.ofBytes(1 << 20));
    write("a/", "1");
    write("b/", "2");
    sink.write("c/", "3"); // without a refusal
    sink.commit(sink.finish().committables);

    assertLines("1", "2", "3");
    assertThat(sink.metrics().count("objectsCutByPartitionLimit")).isEqualTo(1);
  }

  @Test
  void closeOldestKeepsTheLimit() throws Exception {
    start(OverflowPolicy.CLOSE_OLDEST, BufferRules.ofBytes(1 << 20));
    for (int i = 0; i < 10; i++) {
      write("p=" + i + "/", "row " + i);
    }
    sink.time.advance(1_000);

    assertThat(sink.metrics().gauge("PartitionCount")).isEqualTo(2);
    assertThat(sink.metrics().gauge("partitionCountNearLimit")).isEqualTo(1);
    assertThat(sink.metrics().count("objectsCutByPartitionLimit")).isEqualTo(8);
  }

  @Test
  void backpressureWaitsUntilAnObjectIsOfAge() throws Exception {
    start(OverflowPolicy.BACKPRESSURE, BufferRules.ofBytes(1 << 20).age(Duration.ofSeconds(100)));
    write("a/", "1");
    write("b/", "2");

    CompletableFuture<Void> third =
        CompletableFuture.runAsync(
            () -> {
              try {
                write("c/", "3");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Await.until(
        "the third record to come in",
        LIMIT,
        () -> sink.metrics().gauge("PartitionCountExceeded") == 1);
    assertThat(third).isNotDone();
    sink.time.jump(100_001);
    third.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

    assertThat(sink.metrics().count("objectsCutByAge")).isEqualTo(2);
    assertThat(sink.metrics().count("objectsCutByPartitionLimit")).isZero();
  }

  @Test
  void backpressureCutsTheOldestIfNoneComesOfAge() throws Exception {
    start(OverflowPolicy.BACKPRESSURE, BufferRules.ofBytes(1 << 20));
    write("a/", "1");
    write("b/", "2");
    write("c/", "3");

    assertThat(sink.metrics().count("objectsCutByPartitionLimit")).isEqualTo(1);
  }

  @Test
  void deadLettersDoNotCountAgainstTheLimit() throws Exception {
    start(OverflowPolicy.CLOSE_OLDEST, BufferRules.ofBytes(1 << 20));
    write("a/", "1");
    write("b/", "2");
    for (int i = 0; i < 5; i++) {
      sink.write(new PartitionedRecord("errors=" + i + "/", bytes("letter " + i), 1L, true));
    }

    assertThat(sink.metrics().count("objectsCutByPartitionLimit")).isZero();
  }

  @Test
  void subtasksShareTheLimit() {
    PartitionLimit limit = PartitionLimit.of(10, OverflowPolicy.CLOSE_OLDEST, "errors/");

    assertThat(limit.share(1)).isEqualTo(10);
    assertThat(limit.share(3)).isEqualTo(3);
    assertThat(limit.share(20)).isEqualTo(1);
    assertThat(PartitionLimit.none().share(4)).isEqualTo(Integer.MAX_VALUE);
    sink = new SimulatedSink(root, builder -> builder);
  }

  private void start(OverflowPolicy policy, BufferRules rules) throws Exception {
    sink =
        new SimulatedSink(root, builder -> builder.buffers(rules).limit(2, policy, "errors/"))
            .start(1);
  }

  private void write(String partition, String row) throws Exception {
    PartitionedRecord record = new PartitionedRecord(partition, bytes(row), 1L, false);
    record.refusal = bytes("refused " + row);
    sink.write(record);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private void assertLines(String... rows) throws Exception {
    Ledger.of(List.of(rows)).record(sink.files(), line -> line).assertExact();
  }
}
