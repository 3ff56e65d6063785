package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.partitioning.sink.SimulatedSink.Checkpoint;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the writer does when memory is short, and what of it a checkpoint holds. */
@Timeout(60)
class WriterMemoryAndStateTest {
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
  void aRowLargerThanTheMemoryIsAnObjectAloneAndTakesNoMemory() throws Exception {
    sink(builder -> builder.buffers(LARGE).memory(256 * 1024));
    String huge = "x".repeat(300 * 1024);
    sink.disk.holdUploads();
    sink.write("p/", "a");
    sink.write("p/", huge);
    Checkpoint held = sink.checkpoint();
    sink.disk.letAllUploads();
    sink.crash();
    sink.start(1, held);
    sink.write("p/", "b");
    sink.time.advance(1_000);

    assertThat(sink.metrics().gauge("bufferedBytes")).isEqualTo(4096L);
    sink.commit(sink.finish().committables);
    assertThat(sink.files().files()).hasSize(2);
    assertLedger(List.of("a", huge, "b"));
  }

  @Test
  void anOpenObjectWithoutARowBehindItsPartsKeepsItsAge() throws Exception {
    sink(builder -> builder.buffers(LARGE.age(Duration.ofSeconds(60))));
    PartitionBuffer buffer =
        new BufferGroup(false, new Lines(), LARGE).open("p/", sink.time.getCurrentProcessingTime());
    buffer.oldestArrival = 3L;
    buffer.parts = partOf("row 1\nrow 2\n");
    Checkpoint checkpoint = new Checkpoint();
    try (StateWriter state = new StateWriter()) {
      state.add(buffer);
      checkpoint.state.add(new StatePieceSerializer().serialize(state.finish().get(0)));
    }
    sink.crash();
    sink.time.advance(59_000);

    sink.start(1, checkpoint);
    sink.time.advance(2_000);

    assertThat(linesPerObject()).containsExactly(2);
  }

  @Test
  void anUploadThatIsGoneIsAnErrorThatSaysSo() throws Exception {
    sink(builder -> builder.buffers(LARGE));
    UploadedParts parts = partOf("row\n");
    try (Stream<Path> files = Files.walk(root)) {
      Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
    }
    BufferGroup group = new BufferGroup(false, new Lines(), LARGE);
    PartitionBuffer buffer = group.open("p/", 0L);
    buffer.parts = parts;
    CutObject object = new CutObject(buffer, parts.path, new SegmentPool(4096));

    assertThatThrownBy(() -> sink.disk.storage().write(object))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("a lifecycle rule or a sweep aborted it")
        .hasMessageContaining("not its newest");
  }

  /** Begins an object, as if the text were a part of two rows. */
  private UploadedParts partOf(String text) throws Exception {
    ScratchOutput part = new ScratchOutput(new byte[64]);
    part.write(text.getBytes(UTF_8));
    RowCursor nothing = new RowBuffer().cursor();
    return sink.disk.storage().writePart("file:" + root + "/p/object", null, part, nothing);
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
