package dev.sluice.partitioning.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.partitioning.sink.SimulatedSink.Checkpoint;
import dev.sluice.testing.Await;
import dev.sluice.testing.FinishedFiles;
import dev.sluice.testing.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  /** An object of the day goes on while records of other days come. */
  @Test
  void lateRecordsOfManyPartitionsCutNoOtherPartition() throws Exception {
    sink(builder -> builder.buffers(LARGE.age(Duration.ofMinutes(5))));
    List<String> rows = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      for (int i = 0; i < 20; i++) {
        rows.add("now " + step + " " + i);
        sink.write("hour=now/", rows.get(rows.size() - 1));
      }
      rows.add("late " + step);
      sink.write("hour=" + step % 24 + "/", rows.get(rows.size() - 1));
      sink.time.advance(10_000);
      sink.commit(sink.checkpoint().committables);
    }
    sink.commit(sink.finish().committables);

    List<String> objects = sink.files().files();
    assertLedger(rows);
    assertThat(objects).filteredOn(name -> name.startsWith("hour=now/")).hasSizeBetween(4, 5);
    for (int hour = 0; hour < 24; hour++) {
      String folder = "hour=" + hour + "/";
      assertThat(objects).filteredOn(name -> name.startsWith(folder)).hasSizeBetween(1, 4);
    }
  }

  @Test
  void checkpointsDoNotWaitForUploadsAndHoldTheirRows() throws Exception {
    sink(builder -> builder.buffers(LARGE.records(2)));
    sink.disk.holdUploads();
    sink.write("p/", "a");
    sink.write("p/", "b");
    sink.write("p/", "c");

    Checkpoint checkpoint = sink.checkpoint();
    sink.disk.letAllUploads();
    sink.crash();
    sink.start(2, checkpoint);
    Checkpoint last = sink.finish();
    sink.commit(last.committables);

    assertThat(checkpoint.committables).isEmpty();
    assertLedger(List.of("a", "b", "c"));
  }

  @Test
  void anObjectInFlightIsUploadedAgainUnderItsName() throws Exception {
    sink(builder -> builder.buffers(LARGE.records(2)));
    sink.disk.holdUploads();
    sink.write("p/", "a");
    sink.write("p/", "b");
    Checkpoint held = sink.checkpoint();
    sink.disk.letAllUploads();
    sink.commit(sink.finish().committables);
    List<String> names = sink.files().files();

    sink.crash();
    sink.start(1, held); // a savepoint that is older than the commit
    sink.commit(sink.finish().committables);

    assertThat(names).hasSize(1);
    assertThat(sink.files().files()).isEqualTo(names);
    assertLedger(List.of("a", "b"));
  }

  @Test
  void restoredBuffersOfAPartitionComeTogetherAndKeepTheirAge() throws Exception {
    sink(builder -> builder.buffers(LARGE.age(Duration.ofSeconds(60))));
    sink.write("p/", "a");
    Checkpoint one = sink.checkpoint();
    sink.crash();
    sink.start(1);
    sink.time.advance(30_000);
    sink.write("p/", "b");
    one.state.addAll(sink.checkpoint().state);
    sink.crash();

    sink.start(1, one);
    sink.time.advance(31_000);

    assertThat(linesPerObject()).containsExactly(2);
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
