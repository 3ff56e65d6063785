package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import dev.sluice.testing.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the writer does when there is little memory, or uploads take long or fail. */
@Timeout(60)
class PartitionWriterMemoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final BufferRules LARGE = BufferRules.ofBytes(64 << 20);

  @TempDir Path root;
  private SimulatedSink sink;

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void manyPartitionsCostASegmentEach() throws Exception {
    sink(builder -> builder.buffers(LARGE).memory(96L << 20));

    for (int i = 0; i < 60_000; i++) {
      sink.write("customer=" + i % 20_000 + "/", "x".repeat(300));
    }
    sink.time.advance(1_000);

    assertThat(sink.metrics().count("objectsCutByMemory")).isZero();
    assertThat(sink.metrics().gauge("PartitionCount")).isEqualTo(20_000);
    assertThat(sink.metrics().gauge("bufferedBytes")).isEqualTo(20_000 * 4096L);
  }

  /** The large ones make room: late records of many partitions stay together until they are old. */
  @Test
  void memoryPressureDoesNotScatterTheRecordsOfSmallPartitions() throws Exception {
    sink(builder -> builder.buffers(LARGE.age(Duration.ofMinutes(5))));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      rows.add("row " + i + " " + "x".repeat(1_000));
      sink.write(i % 100 == 7 ? "late=" + i % 24 + "/" : "hot=" + i % 2 + "/", rows.get(i));
    }

    sink.commit(sink.checkpoint().committables);
    assertThat(sink.metrics().count("objectsCutByMemory")).isGreaterThan(1);
    assertThat(sink.files().files()).noneMatch(name -> name.startsWith("late="));

    sink.commit(sink.finish().committables);
    assertLedger(rows);
    assertThat(sink.files().files()).filteredOn(name -> name.startsWith("late=")).hasSize(6);
  }

  @Test
  void anUploadThatFailsForAMomentIsTriedAgain() throws Exception {
    sink(builder -> builder.buffers(LARGE.records(1)));
    sink.disk.failingUploads.set(2);

    sink.write("p/", "a");
    sink.commit(sink.finish().committables);

    assertLedger(List.of("a"));
  }

  @Test
  void anUploadThatFailsForGoodFailsTheTaskAtTheNextTick() throws Exception {
    sink(builder -> builder.buffers(LARGE.records(1).age(Duration.ofHours(1))));
    sink.disk.failingUploads.set(100);
    sink.write("p/", "a");

    assertThatThrownBy(
            () ->
                Await.until(
                    "failure",
                    LIMIT,
                    () -> {
                      try {
                        sink.time.advance(1_000);
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                      return false;
                    }))
        .rootCause()
        .hasMessage("Failure on purpose");
  }

  private void sink(UnaryOperator<PartitionedSinkBuilder> how) throws Exception {
    sink = new SimulatedSink(root, how).start(1);
  }

  private void assertLedger(List<String> rows) throws Exception {
    Ledger.of(rows).record(sink.files(), line -> line).assertExact();
  }
}
