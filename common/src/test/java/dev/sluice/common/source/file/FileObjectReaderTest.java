package dev.sluice.common.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileObjectReaderTest {
  @TempDir java.nio.file.Path folder;

  private final Context context = new Context();
  private final Output output = new Output();
  private FileObjectReader reader;

  @BeforeEach
  void makeReader() {
    FaultyFileSystemFactory.OPENED.set(0);
    FileObjectSourceBuilder builder =
        FileObjectSource.builder(List.of(new Path(folder.toUri())))
            .maxObjectBytes(100)
            .monitor(Duration.ofSeconds(1), Duration.ofHours(1));
    reader = new FileObjectReader(context, new FileObjectSourceSettings(builder));
  }

  @AfterEach
  void close() throws InterruptedException {
    reader.close();
  }

  @Test
  void hasTwoSplitsAskedForOrAssignedAtAnyTime() throws Exception {
    reader.start();
    assertThat(context.requests).isEqualTo(2);

    reader.addSplits(List.of(put("a")));
    reader.addSplits(List.of(put("b")));
    assertThat(context.requests).isEqualTo(2);

    pollOne();
    assertThat(context.requests).isEqualTo(3);
  }

  @Test
  void asksForNothingWhileRestoredSplitsLast() throws Exception {
    reader.addSplits(List.of(put("a"), put("b"), put("c")));
    reader.start();
    assertThat(context.requests).isZero();

    pollOne();
    assertThat(context.requests).isZero();
    pollOne();
    assertThat(context.requests).isEqualTo(1);
  }

  @Test
  void aSplitIsInTheStateUntilItsObjectIsEmitted() throws Exception {
    FileSourceSplit a = put("a");
    FileSourceSplit b = put("b");
    reader.addSplits(List.of(a, b));
    reader.isAvailable().get();
    assertThat(reader.snapshotState(1)).containsExactly(a, b);

    pollOne();

    assertThat(output.paths).containsExactly(folder.resolve("a").toString());
    assertThat(reader.snapshotState(2)).containsExactly(b);
  }

  @Test
  void readsOneObjectAheadAndNoMore() throws Exception {
    reader.addSplits(List.of(put("a"), put("b"), put("c"), put("d")));
    reader.isAvailable().get();
    assertThat(FaultyFileSystemFactory.OPENED).hasValue(1);

    pollOne();
    reader.isAvailable().get();

    assertThat(FaultyFileSystemFactory.OPENED).hasValue(2);
  }

  @Test
  void becomesAvailableWhenASplitComesAndWhenThereAreNoMore() throws Exception {
    reader.start();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    var waiting = reader.isAvailable();
    assertThat(waiting).isNotDone();

    reader.addSplits(List.of(put("a")));
    assertThat(waiting).isDone();
    pollOne();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    var last = reader.isAvailable();
    assertThat(last).isNotDone();

    reader.notifyNoMoreSplits();
    assertThat(last).isDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void endsOnlyAfterTheSplitsThatItHas() throws Exception {
    reader.addSplits(List.of(put("a"), put("b")));
    reader.notifyNoMoreSplits();

    pollOne();
    pollOne();

    assertThat(output.paths).hasSize(2);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(context.requests).isZero();
  }

  @Test
  void aFailureComesOutOfPollAndLeavesTheSplitInTheState() throws Exception {
    FileSourceSplit split = put("forbidden-");
    reader.addSplits(List.of(split));
    reader.isAvailable().get();

    assertThatIOException().isThrownBy(() -> reader.pollNext(output));

    assertThat(reader.snapshotState(1)).containsExactly(split);
    assertThat(output.paths).isEmpty();
  }

  @Test
  void aSupersededObjectIsPassedOverWithoutARecord() throws Exception {
    FileSourceSplit old = new ObjectVersion(1, put("a").path().toUri().toString(), 1).toSplit();
    reader.addSplits(List.of(old, put("b")));

    pollOne();
    assertThat(output.paths).isEmpty();
    pollOne();

    assertThat(output.paths).containsExactly(folder.resolve("b").toString());
  }

  private void pollOne() throws Exception {
    reader.isAvailable().get(20, TimeUnit.SECONDS);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
  }

  private FileSourceSplit put(String name) throws IOException {
    java.nio.file.Path file = folder.resolve(name);
    Files.writeString(file, "content of " + name);
    String uri = new Path("faulty:" + file).toUri().toString();
    return new ObjectVersion(Files.getLastModifiedTime(file).toMillis(), uri, Files.size(file))
        .toSplit();
  }

  private static final class Context implements SourceReaderContext {
    private final SourceReaderMetricGroup metrics =
        InternalSourceReaderMetricGroup.mock(new UnregisteredMetricsGroup());
    int requests;

    @Override
    public void sendSplitRequest() {
      requests++;
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return metrics;
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Output implements ReaderOutput<FileObject> {
    final List<String> paths = new ArrayList<>();

    @Override
    public void collect(FileObject object) {
      paths.add(new Path(object.path).getPath());
    }

    @Override
    public void collect(FileObject object, long timestamp) {
      collect(object);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<FileObject> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
