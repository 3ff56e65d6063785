package dev.sluice.partitioning;

import dev.sluice.partitioning.prefix.PathEscaping;
import org.apache.flink.core.fs.Path;

/** How long the key of an object may be, in S3 and on disks. */
final class KeyLength {
  private static final int MOST = 1024;

  /** Behind the prefix: stream, version, time, UUID and extension, or what an option puts there. */
  private static final int NAME = 200;

  private KeyLength() {}

  /**
   * What an object's folder, its name and {@value #MOST} bytes leave to its prefix.
   *
   * @param folder with a scheme; empty for none
   * @return bytes of UTF-8, not negative
   */
  static int ofPrefix(String folder) {
    boolean counts = folder.startsWith("s3");
    int root = counts ? PathEscaping.utf8Length(new Path(folder).toUri().getPath()) : 0;
    return Math.max(0, MOST - NAME - root);
  }
}
