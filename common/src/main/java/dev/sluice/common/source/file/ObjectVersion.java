package dev.sluice.common.source.file;

import java.net.URI;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a listing says of one object. Its identity and its place in the order of work are
 * (modification time, URI); an object that is overwritten is another version.
 *
 * <p>Holds a string, not a {@link Path}: a hundred thousand of them wait in the JobManager.
 */
final class ObjectVersion implements Comparable<ObjectVersion> {
  /** Before all others. */
  static final ObjectVersion FIRST = justBefore(Long.MIN_VALUE);

  private final long modificationTime;
  private final String uri;
  private final long size;

  /**
   * @param uri encoded, as {@code path.toUri().toString()} gives it, so that it turns back into the
   *     same path whatever characters a name has
   */
  ObjectVersion(long modificationTime, String uri, long size) {
    this.modificationTime = modificationTime;
    this.uri = uri;
    this.size = size;
  }

  /** A position before all objects of this time, and after all older ones. */
  static ObjectVersion justBefore(long modificationTime) {
    return new ObjectVersion(modificationTime, "", -1L);
  }

  long modificationTime() {
    return modificationTime;
  }

  String uri() {
    return uri;
  }

  /** The whole object as one split; two versions of one object have different split ids. */
  FileSourceSplit toSplit() {
    String id = Long.toString(modificationTime, Character.MAX_RADIX) + ' ' + uri;
    return new FileSourceSplit(id, new Path(URI.create(uri)), 0L, size, modificationTime, size);
  }

  @Override
  public int compareTo(ObjectVersion other) {
    int byTime = Long.compare(modificationTime, other.modificationTime);
    return byTime != 0 ? byTime : uri.compareTo(other.uri);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ObjectVersion && compareTo((ObjectVersion) other) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(modificationTime) + uri.hashCode();
  }

  @Override
  public String toString() {
    return modificationTime + " " + uri;
  }
}
