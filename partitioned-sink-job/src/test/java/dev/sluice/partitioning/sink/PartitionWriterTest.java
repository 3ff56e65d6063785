package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
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

/** When objects are cut, and what the writer tells of them. */
@Timeout(60)
class PartitionWriterTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final BufferRules LARGE = BufferRules.ofBytes(64 << 20);

  @TempDir Path root;
  private SimulatedSink sink;

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void cutsAnObjectThatHasItsBytes() throws Exception {
    sink(builder -> builder.buffers(BufferRules.ofBytes(1024)));

    for (int i = 0; i < 10; i++) {
      sink.write("p/", "x".repeat(256));
    }

    assertThat(linesPerObject()).containsExactlyInAnyOrder(4, 4);
    assertThat(sink.metrics().count("objectsCutBySize")).isEqualTo(2);
  }

  @Test
  void cutsAnObjectThatHasItsRecords() throws Exception {
    sink(builder -> builder.buffers(LARGE.records(3)));

    for (int i = 0; i < 7; i++) {
      sink.write("p/", "row " + i);
    }

    assertThat(linesPerObject()).containsExactlyInAnyOrder(3, 3);
  }

  @Test
  void cutsAnObjectByTheAgeOfItsFirstRecord() throws Exception {
    sink(builder -> builder.buffers(LARGE.age(Duration.ofSeconds(60))));
    sink.write("p/", "first");
    sink.time.advance(40_000);
    sink.write("p/", "second");
    sink.write("q/", "young");
    sink.time.advance(19_000);
    assertThat(linesPerObject()).isEmpty();

    sink.time.advance(2_000);

    assertThat(linesPerObject()).containsExactly(2);
    assertThat(sink.metrics().count("objectsCutByAge")).isEqualTo(1);
  }

  @Test
  void cutsAnObjectThatHasHadNoRecordForAWhile() throws Exception {
    sink(builder -> builder.buffers(LARGE.inactivity(Duration.ofSeconds(10))));
    sink.write("idle/", "once");
    for (int i = 0; i < 12; i++) {
      sink.time.advance(1_000);
      sink.write("busy/", "row " + i);
    }

    assertThat(sink.metrics().count("objectsCutByInactivity")).isEqualTo(1);
    assertThat(linesPerObject()).containsExactly(1);
  }

  @Test
  void lateRecordsMakeOneObjectPerAgeAndNotOnePerCheckpoint() throws Exception {
    sink(builder -> builder.buffers(LARGE.age(Duration.ofMinutes(5))));
    int checkpoints = 0;
    for (int second = 0; second < 1_200; second += 10) {
      sink.write("date=yesterday/", "late " + second);
      sink.time.advance(10_000);
      sink.commit(sink.checkpoint().committables);
      checkpoints++;
    }

    assertThat(checkpoints).isEqualTo(120);
    assertThat(sink.metrics().count("objectsCutByAge")).isEqualTo(4);
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

  @Test
  void aNameOutsideOfTheRootIsAnError() {
    for (String name : List.of("../x", "a/../../x", "/x", "a//x", "", "./x", "a/", "a/..")) {
      ObjectPaths paths =
          new ObjectPaths(
              new org.apache.flink.core.fs.Path("s3://bucket/root"), (p, o, f, u) -> name);
      BufferGroup group = new BufferGroup(false, new Lines(), LARGE);
      assertThatThrownBy(() -> paths.name(new PartitionBuffer(group, "p/", 0L)))
          .as(name)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("must stay below 's3://bucket/root/'");
    }
    sink = new SimulatedSink(root, builder -> builder);
  }

  @Test
  void metricsCountWhatWasCutAndUploaded() throws Exception {
    sink(builder -> builder.buffers(LARGE.records(5).age(Duration.ofMinutes(1))));
    for (int i = 0; i < 5; i++) {
      sink.write("p/", "12345");
    }
    sink.write("q/", "1");
    awaitUploads();
    sink.time.advance(30_000);

    assertThat(sink.metrics().count("numRecordsSend")).isEqualTo(5);
    assertThat(sink.metrics().count("numBytesSend")).isEqualTo(30);
    assertThat(sink.metrics().histogram("objectBytes").getStatistics().getMax()).isEqualTo(30);
    assertThat(sink.metrics().histogram("objectRecords").getCount()).isEqualTo(1);
    assertThat(sink.metrics().gauge("PartitionCount")).isEqualTo(1);
    assertThat(sink.metrics().gauge("DeliveryToS3.DataFreshness")).isBetween(29L, 30L);
    assertThat(sink.metrics().gauge("uploadsInFlight")).isZero();
  }

  private void sink(UnaryOperator<PartitionedSinkBuilder> how) throws Exception {
    sink = new SimulatedSink(root, how).start(1);
  }

  private void awaitUploads() throws Exception {
    List<byte[]> none = new ArrayList<>();
    Await.until(
        "an upload",
        LIMIT,
        () -> {
          none.addAll(sink.checkpoint().committables);
          return !none.isEmpty();
        });
  }

  /** Commits what is cut by now, and counts the lines of each object that is there. */
  private List<Integer> linesPerObject() throws Exception {
    long cut = 0;
    for (CutReason reason : CutReason.values()) {
      cut += sink.metrics().count(reason.counter);
    }
    long expected = cut;
    List<byte[]> committables = new ArrayList<>();
    Await.until(
        cut + " uploads",
        LIMIT,
        () -> {
          committables.addAll(sink.checkpoint().committables);
          return committables.size() == expected;
        });
    sink.commit(committables);
    FinishedFiles files = sink.files();
    List<Integer> counts = new ArrayList<>();
    for (String file : files.files()) {
      counts.add((int) files.lines().stream().filter(line -> line.file().equals(file)).count());
    }
    return counts;
  }

  private void assertLedger(List<String> rows) throws Exception {
    Ledger.of(rows).record(sink.files(), line -> line).assertExact();
  }
}
