package dev.sluice.common.source.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one object as a whole, or finds out why it cannot.
 *
 * <p>The size of the listing is a claim. A stream that ends before it, or goes on behind it,
 * belongs to a broken connection or to another version of the object; only then the status is asked
 * for, since on S3 that is a request of its own.
 */
final class ObjectRead {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectRead.class);
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private final Path path;
  private final long listedTime;
  private final long maxObjectBytes;
  private final boolean newVersionsAreListed;
  private final ReadMetrics metrics;
  private long size;
  private long modificationTime;

  ObjectRead(
      FileSourceSplit split,
      long maxObjectBytes,
      boolean newVersionsAreListed,
      ReadMetrics metrics) {
    this.path = split.path();
    this.size = split.fileSize();
    this.listedTime = split.fileModificationTime();
    this.modificationTime = listedTime;
    this.maxObjectBytes = maxObjectBytes;
    this.newVersionsAreListed = newVersionsAreListed;
    this.metrics = metrics;
  }

  /**
   * The object, read or rejected; empty if it is superseded by a version that will be listed.
   *
   * @throws FinalInputFailure if access is forbidden or the bucket is missing
   * @throws IOException if it cannot be read although it is there
   */
  Optional<FileObject> read() throws IOException {
    for (int attempt = 1; ; attempt++) {
      if (size > maxObjectBytes) {
        return Optional.of(tooLarge());
      }
      try {
        byte[] bytes = readAll();
        metrics.read(bytes.length);
        return Optional.of(new FileObject(path.toString(), bytes, modificationTime));
      } catch (IOException e) {
        if (isInterruption(e) || ListingFailure.isFinal(e)) {
          throw failure(attempt, e);
        }
        Optional<FileStatus> status = status(attempt, e);
        if (status.isEmpty()) {
          return Optional.of(vanished());
        }
        if (isSuperseded(status.get())) {
          LOG.debug("Object '{}' was overwritten: left to its next listing", path);
          metrics.superseded();
          return Optional.empty();
        }
        if (attempt >= ATTEMPTS) {
          throw failure(attempt, e);
        }
        takeOver(status.get());
        metrics.retried();
        LOG.debug("Attempt {} to read '{}' failed", attempt, path, e);
        pause(attempt);
      }
    }
  }

  private byte[] readAll() throws IOException {
    byte[] bytes = new byte[(int) size];
    try (FSDataInputStream stream = path.getFileSystem().open(path)) {
      int at = 0;
      while (at < bytes.length) {
        int read = stream.read(bytes, at, bytes.length - at);
        if (read < 0) {
          throw new EOFException("stream ended after " + at + " of " + size + " bytes");
        }
        at += read;
      }
      if (stream.read() >= 0) {
        throw new IOException("stream goes on after " + size + " bytes");
      }
    }
    return bytes;
  }

  /** Empty if the object is gone; also asks what a FileNotFoundException really means. */
  private Optional<FileStatus> status(int attempt, IOException reason) throws IOException {
    try {
      return Optional.of(path.getFileSystem().getFileStatus(path));
    } catch (FileNotFoundException e) {
      if (ListingFailure.isMissingBucket(e)) {
        throw failure(attempt, e);
      }
      return Optional.empty();
    } catch (IOException e) {
      e.addSuppressed(reason);
      throw failure(attempt, e);
    }
  }

  /** A later version may have an earlier time: S3 stamps an upload with its start. */
  private boolean isSuperseded(FileStatus status) {
    return newVersionsAreListed
        && status.getLen() != size
        && status.getModificationTime() != listedTime;
  }

  private void takeOver(FileStatus status) {
    if (status.getLen() != size) {
      size = status.getLen();
      modificationTime = status.getModificationTime();
    }
  }

  private FileObject tooLarge() {
    return FileObject.rejected(
        path.toString(),
        size,
        modificationTime,
        FileObject.TOO_LARGE,
        String.format(
            "Cannot read object '%s': %d bytes, at most %d are allowed",
            path, size, maxObjectBytes));
  }

  private FileObject vanished() {
    return FileObject.rejected(
        path.toString(),
        size,
        modificationTime,
        FileObject.VANISHED,
        String.format("Cannot read object '%s': it was listed, and is gone", path));
  }

  private IOException failure(int attempts, IOException cause) {
    String advice =
        cause instanceof AccessDeniedException
            ? ": allow s3:GetObject to the role of this job, or read access to its user"
            : "";
    String message =
        String.format(
            "Cannot read object '%s' of %d bytes: %d attempt(s) failed, the last with '%s'%s",
            path, size, attempts, cause, advice);
    return ListingFailure.isFinal(cause)
        ? new FinalInputFailure(message, cause)
        : new IOException(message, cause);
  }

  /** A timeout of a socket is an InterruptedIOException too, though nobody interrupted. */
  private static boolean isInterruption(IOException failure) {
    return failure instanceof InterruptedIOException
        && (!(failure instanceof SocketTimeoutException) || Thread.currentThread().isInterrupted());
  }

  private static void pause(int attempt) throws InterruptedIOException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << (attempt - 1)));
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted between two attempts");
    }
  }
}
