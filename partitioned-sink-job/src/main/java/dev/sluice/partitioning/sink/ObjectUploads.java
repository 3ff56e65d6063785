package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a subtask that are being encoded and uploaded, in threads of their own.
 *
 * <p>An object stays in flight, with its rows, until the task's thread has heard that it is done.
 * So at any time each row is in an open buffer, in flight, or in a committable that waits for the
 * next checkpoint, and in one of them only. All methods belong to the task's thread.
 */
final class ObjectUploads implements AutoCloseable {
  private final ObjectStorage storage;
  private final SegmentPool pool;
  private final Attempts attempts;
  private final ExecutorService threads;
  private final Set<CutObject> inFlight = new LinkedHashSet<>();
  private final BlockingQueue<FinishedUpload> finished = new LinkedBlockingQueue<>();
  private List<ObjectCommittable> committables = new ArrayList<>();
  private int segmentsInFlight;

  ObjectUploads(
      ObjectStorage storage, SegmentPool pool, Attempts attempts, ExecutorService threads) {
    this.storage = storage;
    this.pool = pool;
    this.attempts = attempts;
    this.threads = threads;
  }

  void submit(CutObject object) {
    inFlight.add(object);
    segmentsInFlight += object.rows.segments();
    threads.execute(() -> finished.add(upload(object)));
  }

  /** Segments that come back when uploads end. */
  int segmentsInFlight() {
    return segmentsInFlight;
  }

  /** Those that the task's thread has not heard of as done. */
  Collection<CutObject> inFlight() {
    return inFlight;
  }

  /**
   * Takes note of what is done, without waiting.
   *
   * @throws IOException if an upload failed for good
   */
  void collect() throws IOException {
    for (FinishedUpload done = finished.poll(); done != null; done = finished.poll()) {
      settle(done);
    }
  }

  /**
   * Waits until an upload is done, and takes note of all that are; at once if none is in flight.
   */
  void await() throws IOException, InterruptedException {
    if (!inFlight.isEmpty()) {
      settle(finished.take());
      collect();
    }
  }

  /** The same, but waits for so long at most. */
  void await(long millis) throws IOException, InterruptedException {
    FinishedUpload done = finished.poll(millis, TimeUnit.MILLISECONDS);
    if (done != null) {
      settle(done);
      collect();
    }
  }

  /** The objects that were done since the last call; the caller is to have them committed. */
  List<ObjectCommittable> takeCommittables() {
    List<ObjectCommittable> taken = committables;
    committables = new ArrayList<>();
    return taken;
  }

  /** Whether a committable waits to be taken. */
  boolean hasCommittables() {
    return !committables.isEmpty();
  }

  @Override
  public void close() {
    attempts.end();
    SinkThreads.shutDown(threads);
  }

  private FinishedUpload upload(CutObject object) {
    try {
      return FinishedUpload.of(
          object, attempts.make("write '" + object.path + "'", () -> storage.write(object)));
    } catch (Throwable t) { // also an OutOfMemoryError: the task's thread throws it on
      return FinishedUpload.failed(object, t);
    }
  }

  private void settle(FinishedUpload done) throws IOException {
    @Nullable Throwable failure = done.failure;
    if (failure != null) {
      throw new IOException(
          "Cannot write object '"
              + done.object.path
              + "': "
              + failure
              + "; its rows are in the last checkpoint, from which the job goes on",
          failure);
    }
    inFlight.remove(done.object);
    segmentsInFlight -= done.object.rows.segments();
    done.object.rows.release(pool);
    if (done.committable != null) {
      committables.add(done.committable);
    }
  }
}
