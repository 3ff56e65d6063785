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
 * The objects and parts of a subtask that are being encoded and uploaded, in threads of their own.
 *
 * <p>An object stays in flight, with its rows, until the task's thread has heard that it is done.
 * So at any time each row is in an open buffer, in flight, or in a committable that waits for the
 * next checkpoint, and in one of them only. All methods belong to the task's thread.
 */
final class ObjectUploads implements AutoCloseable {
  private final ObjectStorage storage;
  private final SinkMetrics metrics;
  private final Attempts attempts;
  private final ExecutorService threads;
  private final Set<CutObject> inFlight = new LinkedHashSet<>();
  private final BlockingQueue<Outcome> finished = new LinkedBlockingQueue<>();
  private List<ObjectCommittable> committables = new ArrayList<>();
  private int running;
  private int segmentsInFlight;

  ObjectUploads(
      ObjectStorage storage, SinkMetrics metrics, Attempts attempts, ExecutorService threads) {
    this.storage = storage;
    this.metrics = metrics;
    this.attempts = attempts;
    this.threads = threads;
  }

  /** What is left to do, in the task's thread, when an upload has ended. */
  @FunctionalInterface
  interface Outcome {
    void settle() throws IOException;
  }

  void submit(CutObject object) {
    inFlight.add(object);
    start(object.path, object.rows.segments(), () -> write(object));
  }

  /**
   * Does something that gives memory back.
   *
   * @param what is uploaded, for messages
   * @param segments that may come back when it ends
   * @param upload runs in a thread of the uploads; it may be run again when it failed
   */
  void start(String what, int segments, Attempts.Attempt<Outcome> upload) {
    running++;
    segmentsInFlight += segments;
    threads.execute(() -> finished.add(ended(segments, what, upload)));
  }

  /** Segments that come back when uploads end; of parts, those that may. */
  int segmentsInFlight() {
    return segmentsInFlight;
  }

  /** Complete objects that the task's thread has not heard of as done. */
  Collection<CutObject> inFlight() {
    return inFlight;
  }

  /** Objects and parts. */
  int running() {
    return running;
  }

  /** When the first record came of what is in flight; the default if nothing is. */
  long oldestMillis(long otherwise) {
    return inFlight.isEmpty() ? otherwise : inFlight.iterator().next().createdMillis;
  }

  /**
   * Takes note of what is done, without waiting.
   *
   * @throws IOException if an upload failed for good
   */
  void collect() throws IOException {
    for (Outcome done = finished.poll(); done != null; done = finished.poll()) {
      done.settle();
    }
  }

  /** Waits until an upload is done, and takes note of all that are; at once if none is running. */
  void await() throws IOException, InterruptedException {
    if (running > 0) {
      finished.take().settle();
      collect();
    }
  }

  /** The same, but waits for so long at most, and so long if none is running. */
  void await(long millis) throws IOException, InterruptedException {
    @Nullable Outcome done = finished.poll(millis, TimeUnit.MILLISECONDS);
    if (done != null) {
      done.settle();
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

  private Outcome write(CutObject object) throws IOException {
    ObjectCommittable committable = storage.write(object);
    return () -> {
      inFlight.remove(object);
      object.rows.release(object.pool);
      committables.add(committable);
      metrics.uploaded(committable);
    };
  }

  private Outcome ended(int segments, String what, Attempts.Attempt<Outcome> upload) {
    Outcome outcome = outcome(what, upload);
    return () -> {
      running--;
      segmentsInFlight -= segments;
      outcome.settle();
    };
  }

  private Outcome outcome(String what, Attempts.Attempt<Outcome> upload) {
    try {
      return attempts.make("write '" + what + "'", upload);
    } catch (Throwable t) { // also an OutOfMemoryError: the task's thread throws it on
      return () -> {
        throw new IOException(
            "Cannot write object '"
                + what
                + "': "
                + t
                + "; its rows are in the last checkpoint, from which the job goes on",
            t);
      };
    }
  }
}
