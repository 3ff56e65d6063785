package dev.sluice.partitioning.sink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream.Committer;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes and commits objects through Flink's recoverable writers: on Amazon S3 by multipart
 * uploads, on a local disk by files that are renamed.
 *
 * <p>Every call of the file system is made with the class loader of its plugin as the thread's. The
 * S3 plugin has threads of its own, which outlive a job, and take over that of whom they are
 * started for; with the job's, closed by then, they can read no answer of S3 that is an error.
 *
 * <p>Thread-safe, as recoverable writers are.
 */
final class ObjectStorage {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final FileSystem fileSystem;
  private final RecoverableWriter writer;
  private final ClassLoader plugin;

  ObjectStorage(FileSystem fileSystem, RecoverableWriter writer) {
    this.fileSystem = fileSystem;
    this.writer = writer;
    this.plugin = writer.getClass().getClassLoader();
  }

  /**
   * The storage that a root is on.
   *
   * @throws IOException if the file system is unknown, or cannot write what can be recovered
   */
  static ObjectStorage of(Path root) throws IOException {
    FileSystem fileSystem = root.getFileSystem();
    try {
      return new ObjectStorage(fileSystem, fileSystem.createRecoverableWriter());
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "Cannot write exactly once to '" + root + "': its file system has no recoverable writer",
          e);
    }
  }

  /**
   * Writes all of an object; nobody sees it yet. May be called again if it failed.
   *
   * @throws FileNotFoundException if the upload that it goes on with is gone
   */
  ObjectCommittable write(CutObject object) throws IOException {
    try {
      return writeWhole(object);
    } catch (Throwable t) {
      throw explained(t, object.parts);
    }
  }

  private ObjectCommittable writeWhole(CutObject object) throws IOException {
    RecoverableFsDataOutputStream out = open(object.path, object.parts);
    try {
      if (object.rows.rows() > 0) {
        OutputStream buffered =
            new SmallWrites(new PluginOutput(out, plugin), bufferBytes(object.rows));
        object.format.write(object.rows.cursor(), buffered);
        buffered.flush();
      }
      try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
        return close(object, out);
      }
    } catch (Throwable t) {
      IOUtils.closeQuietly(out);
      throw t;
    }
  }

  private ObjectCommittable close(CutObject object, RecoverableFsDataOutputStream out)
      throws IOException {
    long bytes = out.getPos();
    CommitRecoverable recoverable = out.closeForCommit().getRecoverable();
    SimpleVersionedSerializer<CommitRecoverable> serializer =
        writer.getCommitRecoverableSerializer();
    return new ObjectCommittable(
        object.path,
        serializer.getVersion(),
        serializer.serialize(recoverable),
        object.records(),
        bytes);
  }

  /** Whether an object can be written in parts. */
  boolean supportsResume() {
    return writer.supportsResume();
  }

  /**
   * Writes a part of an object. May be called again if it failed.
   *
   * @param before what is written of the object; null for the first part
   * @param part at least 5 MiB
   * @param rows that have been walked through to the end of the part
   * @return what is written of the object now
   */
  UploadedParts writePart(
      String path, @Nullable UploadedParts before, ScratchOutput part, RowCursor rows)
      throws IOException {
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin);
        RecoverableFsDataOutputStream out = open(path, before)) {
      part.writeTo(out);
      ResumeRecoverable resumable = out.persist();
      SimpleVersionedSerializer<ResumeRecoverable> serializer =
          writer.getResumeRecoverableSerializer();
      return new UploadedParts(
          path,
          serializer.getVersion(),
          serializer.serialize(resumable),
          rows.passedRows() + (before == null ? 0 : before.records),
          rows.passedBytes() + (before == null ? 0 : before.rowBytes));
    } catch (Throwable t) {
      throw explained(t, before);
    }
  }

  /**
   * Makes an object visible. Does nothing if it is: a commit may be repeated after a restart, and
   * may have reached the file system although its answer did not come.
   *
   * @throws FileNotFoundException if neither the object nor what was uploaded is there
   */
  void commit(ObjectCommittable committable) throws IOException {
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
      commitOnce(committable);
    }
  }

  private void commitOnce(ObjectCommittable committable) throws IOException {
    CommitRecoverable recoverable =
        writer
            .getCommitRecoverableSerializer()
            .deserialize(committable.version, committable.recoverable);
    Committer committer = writer.recoverForCommit(recoverable);
    committer.commitAfterRecovery();
    // Flink's committer for local disks is silent when both the file and what was written are gone.
    if (!fileSystem.isDistributedFS() && !fileSystem.exists(new Path(committable.path))) {
      throw new FileNotFoundException("No file '" + committable.path + "', nor its temporary one");
    }
  }

  /** A failure of a stream; of an upload that is gone, with what may have become of it. */
  private static IOException explained(Throwable failure, @Nullable UploadedParts before)
      throws IOException {
    if (before != null
        && ExceptionUtils.findThrowable(failure, FileNotFoundException.class).isPresent()) {
      FileNotFoundException gone =
          new FileNotFoundException(
              "The upload that '"
                  + before.path
                  + "' goes on with is gone: a lifecycle rule or a sweep aborted it, or the job was"
                  + " started from a checkpoint that is not its newest; start it from a later one");
      gone.initCause(failure);
      throw gone;
    }
    ExceptionUtils.rethrowIOException(failure);
    throw new IllegalStateException("Always thrown above", failure);
  }

  private RecoverableFsDataOutputStream open(String path, @Nullable UploadedParts parts)
      throws IOException {
    try (TemporaryClassLoaderContext ignored = TemporaryClassLoaderContext.of(plugin)) {
      if (parts == null) {
        return writer.open(new Path(path));
      }
      ResumeRecoverable resumable =
          writer.getResumeRecoverableSerializer().deserialize(parts.version, parts.resumable);
      return writer.recover(resumable);
    }
  }

  /** No more than a small object needs, with a byte or two behind each row. */
  private static int bufferBytes(RowBuffer rows) {
    return (int) Math.min(BUFFER_BYTES, rows.bytes() + 2 * rows.rows());
  }
}
