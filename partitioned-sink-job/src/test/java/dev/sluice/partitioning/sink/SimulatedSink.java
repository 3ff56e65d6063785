package dev.sluice.partitioning.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.testing.FinishedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Writers and a committer as Flink runs them, step by step, over a local folder. State and
 * committables pass through their serializers, as through a checkpoint.
 */
final class SimulatedSink implements AutoCloseable {
  final FakeTime time = new FakeTime();
  final DisturbedWriter disk = new DisturbedWriter();
  final List<CapturedMetrics> metrics = new ArrayList<>();
  final SinkSettings settings;
  private final Path root;
  private final List<PartitionWriter> writers = new ArrayList<>();

  SimulatedSink(Path root, UnaryOperator<PartitionedSinkBuilder> how) {
    this.root = root;
    PartitionedSinkBuilder builder =
        PartitionedSink.builder(
                new org.apache.flink.core.fs.Path(root.toUri()),
                (partition, oldest, failed, uuid) -> partition + oldest + "-" + uuid)
            .memory(1 << 20)
            .attempts(3, Duration.ofMillis(1));
    this.settings = new SinkSettings(how.apply(builder), new Lines(), new Lines());
  }

  /** A checkpoint: what Flink would hold. */
  static final class Checkpoint {
    final List<byte[]> state = new ArrayList<>();
    final List<byte[]> committables = new ArrayList<>();
  }

  SimulatedSink start(int subtasks) throws Exception {
    return start(subtasks, new Checkpoint());
  }

  /** Starts writers from a checkpoint: its pieces go round, as Flink deals them out. */
  SimulatedSink start(int subtasks, Checkpoint checkpoint) throws Exception {
    List<List<StatePiece>> dealt = new ArrayList<>();
    for (int i = 0; i < subtasks; i++) {
      dealt.add(new ArrayList<>());
    }
    StatePieceSerializer serializer = new StatePieceSerializer();
    for (int i = 0; i < checkpoint.state.size(); i++) {
      dealt.get(i % subtasks).add(serializer.deserialize(1, checkpoint.state.get(i)));
    }
    for (List<StatePiece> pieces : dealt) {
      CapturedMetrics captured = new CapturedMetrics();
      metrics.add(captured);
      PartitionWriter writer =
          new PartitionWriter(
              settings, disk.storage(), time, captured, new SubtaskName("upload", subtasks));
      writers.add(writer);
      writer.start(pieces);
    }
    return this;
  }

  PartitionWriter writer() {
    return writers.get(0);
  }

  CapturedMetrics metrics() {
    return metrics.get(metrics.size() - 1);
  }

  void write(String partition, String row) throws Exception {
    write(new PartitionedRecord(partition, row.getBytes(UTF_8), 7L, false));
  }

  void write(PartitionedRecord record) throws Exception {
    int target = Math.floorMod(record.partition.hashCode(), writers.size());
    writers.get(target).write(record, new NoContext());
  }

  Checkpoint checkpoint() throws Exception {
    Checkpoint checkpoint = new Checkpoint();
    ObjectCommittableSerializer serializer = new ObjectCommittableSerializer();
    for (PartitionWriter writer : writers) {
      writer.flush(false);
      for (ObjectCommittable committable : writer.prepareCommit()) {
        checkpoint.committables.add(serializer.serialize(committable));
      }
      for (StatePiece piece : writer.snapshotState(1L)) {
        checkpoint.state.add(new StatePieceSerializer().serialize(piece));
      }
    }
    return checkpoint;
  }

  /** What the end of the input makes of all that is held. */
  Checkpoint finish() throws Exception {
    for (PartitionWriter writer : writers) {
      writer.flush(true);
    }
    return checkpoint();
  }

  void commit(List<byte[]> committables) throws Exception {
    try (ObjectCommitter committer = openCommitter(new CapturedMetrics())) {
      List<CommitRequest<ObjectCommittable>> requests = new ArrayList<>();
      for (byte[] committable : committables) {
        requests.add(new Request(new ObjectCommittableSerializer().deserialize(1, committable)));
      }
      committer.commit(requests);
    }
  }

  ObjectCommitter openCommitter(CapturedMetrics metrics) throws Exception {
    return new ObjectCommitter(settings, disk.storage(), metrics);
  }

  FinishedFiles files() throws Exception {
    return FinishedFiles.in(root);
  }

  /** Ends the writers, as at a failure. */
  void crash() {
    writers.forEach(PartitionWriter::close);
    writers.clear();
  }

  @Override
  public void close() {
    disk.letAllUploads();
    crash();
  }

  private static final class NoContext implements SinkWriter.Context {
    @Override
    public long currentWatermark() {
      return Long.MIN_VALUE;
    }

    @Override
    public Long timestamp() {
      return null;
    }
  }

  private static final class Request implements CommitRequest<ObjectCommittable> {
    private final ObjectCommittable committable;

    Request(ObjectCommittable committable) {
      this.committable = committable;
    }

    @Override
    public ObjectCommittable getCommittable() {
      return committable;
    }

    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
      throw new AssertionError(t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
      throw new AssertionError(t);
    }

    @Override
    public void retryLater() {
      throw new AssertionError("Retries are the committer's own");
    }

    @Override
    public void updateAndRetryLater(ObjectCommittable next) {
      throw new AssertionError("Committables do not change");
    }

    @Override
    public void signalAlreadyCommitted() {
      throw new AssertionError("A repeated commit is a success");
    }
  }
}
