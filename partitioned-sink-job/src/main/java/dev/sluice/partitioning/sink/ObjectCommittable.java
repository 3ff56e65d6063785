package dev.sluice.partitioning.sink;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An object that is uploaded as a whole, and becomes visible when it is committed. Immutable. */
public final class ObjectCommittable {
  final String path;
  final int version;
  final byte[] recoverable;
  final long records;
  final long bytes;

  /**
   * An object to be committed.
   *
   * @param path with its scheme
   * @param version of the file system's serializer of what can be committed
   * @param recoverable as that serializer writes it
   * @param records in the object
   * @param bytes of the object, as encoded
   */
  ObjectCommittable(String path, int version, byte[] recoverable, long records, long bytes) {
    this.path = path;
    this.version = version;
    this.recoverable = recoverable;
    this.records = records;
    this.bytes = bytes;
  }

  /** Where the object will be, with its scheme. */
  public String path() {
    return path;
  }

  /** Records in the object. */
  public long records() {
    return records;
  }

  /** Size of the object, as encoded. */
  public long bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ObjectCommittable)) {
      return false;
    }
    ObjectCommittable that = (ObjectCommittable) other;
    return path.equals(that.path)
        && version == that.version
        && Arrays.equals(recoverable, that.recoverable)
        && records == that.records
        && bytes == that.bytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, version, Arrays.hashCode(recoverable), records, bytes);
  }

  @Override
  public String toString() {
    return "ObjectCommittable{path='" + path + "', records=" + records + ", bytes=" + bytes + "}";
  }
}
