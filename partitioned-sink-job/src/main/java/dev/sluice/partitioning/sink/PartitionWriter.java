package dev.sluice.partitioning.sink;

import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows by partition, cuts them into objects and has these uploaded.
 *
 * <p>All methods are called by the task's thread, which is also that of processing-time timers.
 */
final class PartitionWriter
    implements StatefulSinkWriter<PartitionedRecord, StatePiece>,
        CommittingSinkWriter<PartitionedRecord, ObjectCommittable> {
  private final OpenBuffers buffers;
  private final ObjectUploads uploads;
  private final PartitionAdmission admission;
  private final SinkMetrics metrics;
  private final ProcessingTimeService time;
  private final long tickMillis;
  private @Nullable ScheduledFuture<?> nextTick;

  PartitionWriter(
      SinkSettings settings,
      ObjectStorage storage,
      ProcessingTimeService time,
      SinkWriterMetricGroup group,
      SubtaskName subtask) {
    int most = settings.limit.share(subtask.subtasks);
    SegmentPool pool = new SegmentPool(settings.memoryBytes - PartUploads.memory(settings));
    this.time = time;
    this.metrics = new SinkMetrics(group, most);
    this.uploads =
        new ObjectUploads(
            storage,
            metrics,
            new Attempts(settings.attempts, settings.firstPause),
            SinkThreads.start(subtask.thread, settings.uploadThreads));
    PartUploads parts = new PartUploads(settings, storage, uploads);
    this.buffers = new OpenBuffers(settings, pool, uploads, parts, metrics, time);
    this.admission = new PartitionAdmission(settings.limit, most, buffers, uploads, metrics);
    this.tickMillis = tickMillis(settings);
  }

  /** Takes over what was in no object at the checkpoint, and starts the clock. */
  void start(Collection<StatePiece> recovered) throws IOException {
    loadZstd();
    if (!recovered.isEmpty()) {
      try {
        new RestoreBuffers(buffers, uploads).restore(recovered);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while buffers were restored", e);
      }
    }
    scheduleTick();
  }

  @Override
  public void write(PartitionedRecord record, Context context)
      throws IOException, InterruptedException {
    if (record.failed) {
      buffers.add(buffers.deadLetters, record.partition, record.row, record.arrivalTimestamp);
    } else if (admission.admits(record)) {
      buffers.add(buffers.data, record.partition, record.row, record.arrivalTimestamp);
    } else {
      admission.refuse(record);
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (endOfInput) {
      buffers.cutAll();
      while (uploads.running() > 0) {
        uploads.await();
      }
    }
  }

  @Override
  public Collection<ObjectCommittable> prepareCommit() throws IOException {
    uploads.collect();
    return uploads.takeCommittables();
  }

  @Override
  public List<StatePiece> snapshotState(long checkpointId) throws IOException {
    if (uploads.hasCommittables()) {
      throw new IllegalStateException("Uploads must be handed over before state is written");
    }
    try (StateWriter state = new StateWriter()) {
      for (CutObject object : uploads.inFlight()) {
        state.add(object);
      }
      for (PartitionBuffer buffer : buffers.all()) {
        state.add(buffer);
      }
      return state.finish();
    }
  }

  @Override
  public void close() {
    if (nextTick != null) {
      nextTick.cancel(false);
    }
    uploads.close();
  }

  /**
   * For state. Its classes load this library when they are initialised; where that fails, because
   * the disk is full, they are unusable for as long as their class loader lives, restarts included.
   * This call can be made again.
   */
  private static void loadZstd() throws IOException {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw new IOException(
          "Cannot load zstd: '"
              + System.getProperty("java.io.tmpdir")
              + "' must have room for its library and allow to execute it",
          e);
    }
  }

  private void tick(long timestamp) throws IOException, InterruptedException {
    uploads.collect();
    buffers.cutDue();
    metrics.tick(buffers, uploads, timestamp);
    scheduleTick();
  }

  private void scheduleTick() {
    nextTick = time.registerTimer(time.getCurrentProcessingTime() + tickMillis, this::tick);
  }

  /** A tenth of the shortest time that a rule names, from 10 ms to 1 s. */
  private static long tickMillis(SinkSettings settings) {
    long shortest =
        Math.min(settings.dataRules.shortestMillis(), settings.deadLetterRules.shortestMillis());
    return Math.max(10, Math.min(1000, shortest / 10));
  }
}
