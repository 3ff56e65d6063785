package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes rows into objects of their partitions.
 *
 * <p>Delivery: exactly once, with checkpoints. An object becomes visible when a checkpoint behind
 * its upload is complete; rows that are in no object yet are in the checkpoint. Without checkpoints
 * all objects become visible at the end of a bounded input, and none before.
 *
 * <p>Objects are closed by {@link BufferRules}, not by checkpoints, so neither short checkpoint
 * intervals nor late data make small objects. Any number of partitions shares a fixed amount of
 * memory; when it is used up, large objects are closed early, and then the task waits for uploads.
 *
 * <p>What a job leaves behind when it is killed or cancelled, and when an upload is tried again:
 * uploads that were not complete. On Amazon S3 a lifecycle rule or {@code SweepUploads} should
 * abort them, but only when they are older than a job may be stopped for: an upload that a
 * savepoint knows must live until the job goes on from it.
 */
public final class PartitionedSink
    implements Sink<PartitionedRecord>,
        SupportsWriterState<PartitionedRecord, StatePiece>,
        SupportsCommitter<ObjectCommittable> {
  private static final long serialVersionUID = 1L;

  private final SinkSettings settings;

  PartitionedSink(SinkSettings settings) {
    this.settings = settings;
  }

  /**
   * A builder of a sink that writes below a root.
   *
   * @param root a folder of any file system of Flink's that has recoverable writers
   */
  public static PartitionedSinkBuilder builder(Path root, ObjectNaming naming) {
    return new PartitionedSinkBuilder(root, naming);
  }

  @Override
  @Deprecated
  public PartitionWriter createWriter(InitContext context) {
    throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
  }

  @Override
  public PartitionWriter createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public PartitionWriter restoreWriter(
      WriterInitContext context, Collection<StatePiece> recoveredState) throws IOException {
    PartitionWriter writer =
        new PartitionWriter(
            settings,
            ObjectStorage.of(settings.root),
            context.getProcessingTimeService(),
            context.metricGroup(),
            SubtaskName.of(context.getTaskInfo()));
    try {
      writer.start(recoveredState);
    } catch (Throwable t) {
      writer.close();
      throw t;
    }
    return writer;
  }

  @Override
  public Committer<ObjectCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return new ObjectCommitter(settings, ObjectStorage.of(settings.root), context.metricGroup());
  }

  @Override
  public SimpleVersionedSerializer<ObjectCommittable> getCommittableSerializer() {
    return new ObjectCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<StatePiece> getWriterStateSerializer() {
    return new StatePieceSerializer();
  }
}
