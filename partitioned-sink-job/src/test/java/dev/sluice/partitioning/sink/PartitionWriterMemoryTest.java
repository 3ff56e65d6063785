package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.partitioning.sink.SimulatedSink.Checkpoint;
import dev.sluice.testing.Await;
import dev.sluice.testing.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  void waitsForAnUploadWhenMemoryIsUsedUp() throws Exception {
    sink(builder -> builder.buffers(LARGE).memory(256 * 1024).uploadThreads(2));
    sink.disk.holdUploads();
    List<String> rows = new ArrayList<>();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 2000; i++) {
                rows.add("row " + i + " " + "x".repeat(500));
                writeUnchecked("p=" + i % 13 + "/", rows.get(i));
              }
            });
    Await.until("an upload held", LIMIT, () -> sink.metrics().count("objectsCutByMemory") > 0);
    assertThat(writing).isNotDone();

    sink.disk.letAllUploads();
    writing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    sink.commit(sink.finish().committables);

    assertLedger(rows);
  }

  @Test
  void cancellingInterruptsTheWait() throws Exception {
    sink(builder -> builder.buffers(LARGE).memory(256 * 1024));
    sink.disk.holdUploads();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread task =
        new Thread(
            () -> {
              try {
                for (int i = 0; ; i++) {
                  sink.write("p=" + i % 5 + "/", "x".repeat(1000));
                }
              } catch (Throwable t) {
                end.complete(t);
              }
            });
    task.start();
    Await.until("an upload held", LIMIT, () -> sink.metrics().count("objectsCutByMemory") > 0);

    task.interrupt();

    assertThat(end.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aRowLargerThanTheMemoryIsAnErrorThatSaysSo() throws Exception {
    sink(builder -> builder.memory(256 * 1024));

    assertThatThrownBy(() -> sink.write("p/", "x".repeat(300 * 1024)))
        .hasMessage(
            "Row of '307200' bytes does not fit into the memory for buffers of '262144' bytes");
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
  void aLargeObjectIsUploadedInPartsAndStaysOne() throws Exception {
    sink(builder -> builder.buffers(BufferRules.ofBytes(200 << 20)).memory(64 << 20));
    List<String> rows = new ArrayList<>();
    List<byte[]> committables = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      rows.add("row " + i + " " + "x".repeat(100_000));
      sink.write("hot/", rows.get(i));
      if (i == 900) { // in the midst of parts, and on with another number of writers
        Checkpoint checkpoint = sink.checkpoint();
        committables.addAll(checkpoint.committables);
        sink.crash();
        sink.start(2, checkpoint);
      }
    }
    committables.addAll(sink.finish().committables);
    sink.commit(committables);

    assertThat(sink.disk.resumed.get()).isGreaterThan(5);
    assertLedger(rows);
    assertThat(sink.files().files()).hasSizeLessThan(4);
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

  private void writeUnchecked(String partition, String row) {
    try {
      sink.write(new PartitionedRecord(partition, row.getBytes(UTF_8), 1L, false));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertLedger(List<String> rows) throws Exception {
    Ledger.of(rows).record(sink.files(), line -> line).assertExact();
  }
}
