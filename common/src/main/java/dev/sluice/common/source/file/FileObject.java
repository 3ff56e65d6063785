package dev.sluice.common.source.file;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One object of a file system, with all its bytes; or, when it was not read, the reason.
 *
 * <p>{@link SplitRejectedObjects} parts the two, so that what follows it sees bytes only. A Flink
 * POJO. Not thread-safe; do not change one that has been emitted.
 */
public final class FileObject {
  /** Rejection: the object is larger than the source's limit, and none of it was read. */
  public static final String TOO_LARGE = "object-too-large";

  /** Rejection: the object was listed, and was gone when its turn came. */
  public static final String VANISHED = "object-vanished";

  private static final byte[] NO_BYTES = new byte[0];

  /** URI in Flink's notation, {@code s3://bucket/a key/ü.jpg}: nothing is percent-encoded. */
  public String path;

  /** The whole content; empty when the object is empty or rejected. */
  public byte[] bytes;

  /** Size in bytes, also of a rejected object. */
  public long size;

  /** When the content was written, in milliseconds since the epoch; S3 knows whole seconds. */
  public long modificationTime;

  /** Empty, or why there are no bytes: {@link #TOO_LARGE} or {@link #VANISHED}. */
  public String rejection;

  /** For people: what failed, on which value, by which rule; empty unless rejected. */
  public String rejectionMessage;

  /** For Flink. */
  public FileObject() {
    this("", NO_BYTES, 0L, 0L, "", "");
  }

  /** An object that was read. */
  public FileObject(String path, byte[] bytes, long modificationTime) {
    this(path, bytes, bytes.length, modificationTime, "", "");
  }

  /** With all fields. */
  public FileObject(
      String path,
      byte[] bytes,
      long size,
      long modificationTime,
      String rejection,
      String rejectionMessage) {
    this.path = path;
    this.bytes = bytes;
    this.size = size;
    this.modificationTime = modificationTime;
    this.rejection = rejection;
    this.rejectionMessage = rejectionMessage;
  }

  static FileObject rejected(
      String path, long size, long modificationTime, String rejection, String message) {
    return new FileObject(path, NO_BYTES, size, modificationTime, rejection, message);
  }

  /** Whether the object was not read. A method without "is", so that it is no POJO property. */
  public boolean wasRejected() {
    return !rejection.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof FileObject)) {
      return false;
    }
    FileObject that = (FileObject) other;
    return path.equals(that.path)
        && Arrays.equals(bytes, that.bytes)
        && size == that.size
        && modificationTime == that.modificationTime
        && rejection.equals(that.rejection)
        && rejectionMessage.equals(that.rejectionMessage);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, Arrays.hashCode(bytes), size, modificationTime, rejection);
  }

  @Override
  public String toString() {
    return String.format(
        "FileObject{path='%s', size=%d, modificationTime=%d, rejection='%s'}",
        path, size, modificationTime, rejection);
  }
}
