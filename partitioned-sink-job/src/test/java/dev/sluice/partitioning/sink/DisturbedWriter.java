package dev.sluice.partitioning.sink;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The writer of the local disk, whose uploads and commits the test can hold or have fail. */
final class DisturbedWriter implements RecoverableWriter {
  private static final int MANY = 1_000_000;

  private final RecoverableWriter disk = new LocalRecoverableWriter(new LocalFileSystem());
  private final Semaphore uploads = new Semaphore(MANY);

  /** Of the threads that open and commit. */
  final Queue<ClassLoader> loaders = new ConcurrentLinkedQueue<>();

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger resumed = new AtomicInteger();
  final AtomicInteger commits = new AtomicInteger();
  final AtomicInteger failingUploads = new AtomicInteger();
  final AtomicInteger failingCommits = new AtomicInteger();
  volatile IOException failure = new IOException("Failure on purpose");

  ObjectStorage storage() {
    return new ObjectStorage(LocalFileSystem.getSharedInstance(), this);
  }

  void holdUploads() {
    uploads.drainPermits();
  }

  void letUploads(int count) {
    uploads.release(count);
  }

  void letAllUploads() {
    uploads.release(MANY);
  }

  @Override
  public RecoverableFsDataOutputStream open(Path path) throws IOException {
    pass();
    loaders.add(Thread.currentThread().getContextClassLoader());
    opened.incrementAndGet();
    return disk.open(path);
  }

  @Override
  public RecoverableFsDataOutputStream recover(ResumeRecoverable resumable) throws IOException {
    pass();
    resumed.incrementAndGet();
    return disk.recover(resumable);
  }

  @Override
  public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable resumable)
      throws IOException {
    commits.incrementAndGet();
    loaders.add(Thread.currentThread().getContextClassLoader());
    failIf(failingCommits);
    return disk.recoverForCommit(resumable);
  }

  @Override
  public boolean requiresCleanupOfRecoverableState() {
    return disk.requiresCleanupOfRecoverableState();
  }

  @Override
  public boolean cleanupRecoverableState(ResumeRecoverable resumable) throws IOException {
    return disk.cleanupRecoverableState(resumable);
  }

  @Override
  public SimpleVersionedSerializer<CommitRecoverable> getCommitRecoverableSerializer() {
    return disk.getCommitRecoverableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<ResumeRecoverable> getResumeRecoverableSerializer() {
    return disk.getResumeRecoverableSerializer();
  }

  @Override
  public boolean supportsResume() {
    return disk.supportsResume();
  }

  private void pass() throws IOException {
    try {
      uploads.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while held");
    }
    failIf(failingUploads);
  }

  private void failIf(AtomicInteger left) throws IOException {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw failure;
    }
  }
}
