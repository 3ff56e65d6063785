package dev.sluice.partitioning.format;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyHadoopCompatibleOutputStream;

/**
 * How objects of text are compressed. Names and extensions are those of Amazon Data Firehose; zstd
 * is ours.
 */
public enum Compression {
  /** As it is. */
  UNCOMPRESSED("", true),
  /**
   * RFC 1952. Objects that were uploaded in parts have several members; every reader takes them.
   */
  GZIP(".gz", true),
  /** RFC 8878, level 3: smaller than gzip for a third of the CPU. Several frames as with gzip. */
  ZSTD(".zst", true),
  /** Snappy's framing format. */
  SNAPPY(".snappy", true),
  /** Snappy as Hadoop's codec frames it. */
  HADOOP_SNAPPY(".hsnappy", true),
  /** An archive with one entry, {@code records}. */
  ZIP(".zip", false);

  private static final int CHUNK = 64 * 1024;
  private static final int ZSTD_LEVEL = 3;

  /** The earliest that zip knows, so that the same rows give the same object. */
  private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final String extension;
  private final boolean concatenable;

  Compression(String extension, boolean concatenable) {
    this.extension = extension;
    this.concatenable = concatenable;
  }

  /** What object names end with, dot included; empty for {@link #UNCOMPRESSED}. */
  public String extension() {
    return extension;
  }

  /** Whether two compressed streams, one behind the other, are one. */
  public boolean isConcatenable() {
    return concatenable;
  }

  /**
   * A stream that compresses into another one. It buffers, holds native memory and ends the
   * compressed data only when it is closed, which also closes {@code out}.
   */
  OutputStream into(OutputStream out) throws IOException {
    switch (this) {
      case GZIP:
        return new GZIPOutputStream(out, CHUNK);
      case ZSTD:
        return new ZstdOutputStreamNoFinalizer(out, RecyclingBufferPool.INSTANCE, ZSTD_LEVEL);
      case SNAPPY:
        return new SnappyFramedOutputStream(out);
      case HADOOP_SNAPPY:
        return new SnappyHadoopCompatibleOutputStream(out, CHUNK);
      case ZIP:
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipEntry entry = new ZipEntry("records");
        entry.setTimeLocal(ZIP_EPOCH);
        zip.putNextEntry(entry);
        return zip;
      case UNCOMPRESSED:
      default:
        return out;
    }
  }
}
