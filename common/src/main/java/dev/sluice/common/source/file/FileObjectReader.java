package dev.sluice.common.source.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one object at a time in a thread of its own, always one ahead of the one that is emitted.
 *
 * <p>Two splits are assigned at a time, so that the way to the coordinator and back costs no time
 * between two objects. Flink's own reader of files cannot be used for that: the queue behind its
 * fetcher loses wake-ups when splits arrive while the fetcher waits for room (FLINK-37663, in
 * 1.20.1 as in all releases before June 2026), and then the job stands still. It also logs several
 * lines per split, which is here per object.
 *
 * <p>All methods are called by the task thread. A split is in the state until its object is
 * emitted.
 */
final class FileObjectReader implements SourceReader<FileObject, FileSourceSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(FileObjectReader.class);
  private static final int SPLITS_AHEAD = 2;
  private static final long CLOSE_SECONDS = 30;

  private final SourceReaderContext context;
  private final FileObjectSourceSettings settings;
  private final ReadMetrics metrics;
  private final Counter recordsIn;
  private final ExecutorService thread;

  /** The first one is being read, unless {@link #reading} is null. */
  private final ArrayDeque<FileSourceSplit> splits = new ArrayDeque<>();

  private int requested;
  private boolean noMoreSplits;
  private @Nullable CompletableFuture<Optional<FileObject>> reading;

  /** Completes when there is something to do for a reader without splits. */
  private CompletableFuture<Void> arrival = new CompletableFuture<>();

  FileObjectReader(SourceReaderContext context, FileObjectSourceSettings settings) {
    this.context = context;
    this.settings = settings;
    this.metrics = new ReadMetrics(context.metricGroup());
    this.recordsIn = context.metricGroup().getIOMetricGroup().getNumRecordsInCounter();
    String name = "Read objects, subtask " + context.getIndexOfSubtask();
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread reader = new Thread(task, name);
              reader.setDaemon(true);
              return reader;
            });
  }

  @Override
  public void start() {
    requestSplits();
  }

  private void requestSplits() {
    while (!noMoreSplits && splits.size() + requested < SPLITS_AHEAD) {
      requested++;
      context.sendSplitRequest();
    }
  }

  @Override
  public void addSplits(List<FileSourceSplit> added) {
    // Restored splits come before start(), when nothing has been requested.
    requested = Math.max(0, requested - added.size());
    splits.addAll(added);
    readNext();
    arrival.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    arrival.complete(null);
  }

  private void readNext() {
    FileSourceSplit split = splits.peek();
    if (reading != null || split == null) {
      return;
    }
    ObjectRead read =
        new ObjectRead(split, settings.maxObjectBytes(), !settings.isBounded(), metrics);
    CompletableFuture<Optional<FileObject>> result = new CompletableFuture<>();
    reading = result;
    thread.execute(
        () -> {
          try {
            result.complete(read.read());
          } catch (Throwable failure) {
            // To the task thread, which fails with it.
            result.completeExceptionally(failure);
          }
        });
  }

  @Override
  public InputStatus pollNext(ReaderOutput<FileObject> output) throws Exception {
    CompletableFuture<Optional<FileObject>> done = reading;
    if (done == null) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    if (!done.isDone()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    Optional<FileObject> object = resultOf(done);
    splits.remove();
    reading = null;
    // While this object is processed downstream.
    readNext();
    requestSplits();
    if (object.isPresent()) {
      recordsIn.inc();
      output.collect(object.get());
    }
    return InputStatus.MORE_AVAILABLE;
  }

  private static Optional<FileObject> resultOf(CompletableFuture<Optional<FileObject>> done)
      throws Exception {
    try {
      return done.get();
    } catch (ExecutionException e) {
      ExceptionUtils.rethrowException(e.getCause());
      throw e;
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Optional<FileObject>> current = reading;
    if (current != null) {
      // A failure, too, is something to poll for.
      return current.handle((object, failure) -> null);
    }
    if (noMoreSplits) {
      return CompletableFuture.completedFuture(null);
    }
    if (arrival.isDone()) {
      arrival = new CompletableFuture<>();
    }
    return arrival;
  }

  @Override
  public List<FileSourceSplit> snapshotState(long checkpointId) {
    return new ArrayList<>(splits);
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn(
          "Reading of '{}' goes on {} s after the reader was closed", splits.peek(), CLOSE_SECONDS);
    }
  }
}
