package dev.sluice.partitioning.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * Makes the objects of a completed checkpoint visible, many at a time.
 *
 * <p>A commit may be repeated: Flink does so after a restart, and an answer may be lost. If the
 * upload is gone and the object is there in its full length, it was committed before. If neither is
 * there, the job fails rather than going on without the rows. {@link #commit} blocks the task's
 * thread until all is committed.
 */
final class ObjectCommitter implements Committer<ObjectCommittable> {
  private static final int NAMED_FAILURES = 10;

  private final ObjectStorage storage;
  private final Attempts attempts;
  private final ExecutorService threads;
  private final Counter objects;
  private final Counter records;
  private final Counter bytes;

  ObjectCommitter(SinkSettings settings, ObjectStorage storage, MetricGroup group) {
    this.objects = group.counter("DeliveryToS3.ObjectCount");
    this.records = group.counter("DeliveryToS3.Records");
    this.bytes = group.counter("DeliveryToS3.Bytes");
    this.storage = storage;
    this.attempts = new Attempts(settings.attempts, settings.firstPause);
    this.threads = SinkThreads.start("partitioned-sink commit", settings.commitThreads);
  }

  @Override
  public void commit(Collection<CommitRequest<ObjectCommittable>> requests)
      throws IOException, InterruptedException {
    List<Future<Void>> commits = new ArrayList<>();
    for (CommitRequest<ObjectCommittable> request : requests) {
      commits.add(threads.submit(commit(request.getCommittable())));
    }
    try {
      awaitAll(commits);
    } finally {
      commits.forEach(commit -> commit.cancel(true));
    }
    requests.forEach(request -> count(request.getCommittable()));
  }

  @Override
  public void close() {
    attempts.end();
    SinkThreads.shutDown(threads);
  }

  private void count(ObjectCommittable committed) {
    objects.inc();
    records.inc(committed.records);
    bytes.inc(committed.bytes);
  }

  private Callable<Void> commit(ObjectCommittable committable) {
    return () -> {
      try {
        attempts.make(
            "commit '" + committable.path + "'",
            () -> {
              storage.commit(committable);
              return true;
            });
      } catch (IOException e) {
        throw new IOException(
            "Cannot commit object '" + committable.path + "': " + e.getMessage() + advice(e), e);
      }
      return null;
    };
  }

  /** All of them are tried, so that a restart has less to do; the first failure is thrown. */
  private static void awaitAll(List<Future<Void>> commits)
      throws IOException, InterruptedException {
    @Nullable IOException failure = null;
    for (Future<Void> commit : commits) {
      try {
        commit.get();
      } catch (ExecutionException e) {
        IOException next = asIoException(e.getCause());
        if (failure == null) {
          failure = next;
        } else if (failure.getSuppressed().length < NAMED_FAILURES) {
          failure.addSuppressed(next);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static IOException asIoException(@Nullable Throwable cause) {
    return cause instanceof IOException
        ? (IOException) cause
        : new IOException("Commit failed: " + cause, cause);
  }

  private static String advice(IOException failure) {
    if (ExceptionUtils.findThrowable(failure, AccessDeniedException.class).isPresent()) {
      return "; the job needs s3:PutObject and s3:GetObject on it, and goes on from its last"
          + " checkpoint once it has them";
    }
    if (ExceptionUtils.findThrowable(failure, FileNotFoundException.class).isPresent()) {
      return "; its rows are lost unless the job is started from an earlier checkpoint: was the"
          + " upload aborted by a lifecycle rule, or the object deleted, before the job went on";
    }
    return "; the job restarts and tries again";
  }
}
