package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkMetricsTest {
  @TempDir Path root;
  private SimulatedSink sink;

  @BeforeEach
  void start() throws Exception {
    sink =
        new SimulatedSink(
                root,
                builder ->
                    builder
                        .buffers(BufferRules.ofBytes(64 << 20))
                        .limit(10, OverflowPolicy.CLOSE_OLDEST, "errors/"))
            .start(1);
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void warnsFromFourFifthsOfTheLimitOn() throws Exception {
    write(7);
    assertThat(sink.metrics().gauge("PartitionCount")).isEqualTo(7);
    assertThat(sink.metrics().gauge("partitionCountNearLimit")).isZero();

    write(8);
    assertThat(sink.metrics().gauge("partitionCountNearLimit")).isEqualTo(1);
    assertThat(sink.metrics().gauge("PartitionCountExceeded")).isZero();

    write(11);
    assertThat(sink.metrics().gauge("PartitionCount")).isEqualTo(10);
    assertThat(sink.metrics().gauge("PartitionCountExceeded")).isEqualTo(1);
  }

  @Test
  void throughputIsThatOfThePartitionWithTheMost() throws Exception {
    for (int i = 0; i < 100; i++) {
      sink.write("hot/", "x".repeat(1_000));
    }
    sink.write("cold/", "x");

    sink.time.advance(SinkMetrics.INTERVAL_MILLIS + 2_000);

    assertThat(sink.metrics().gauge("PerPartitionThroughput")).isBetween(8_000L, 12_000L);
  }

  /** One record for each of so many partitions, and time for the gauges. */
  private void write(int partitions) throws Exception {
    for (int i = 0; i < partitions; i++) {
      sink.write("p=" + i + "/", "x");
    }
    sink.time.advance(2_000);
  }
}
