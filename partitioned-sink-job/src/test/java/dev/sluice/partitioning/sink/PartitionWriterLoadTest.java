package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import dev.sluice.testing.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the writer makes of many partitions, and of a disk that fails. */
@Timeout(60)
class PartitionWriterLoadTest {
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
