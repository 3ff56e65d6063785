package dev.sluice.common.source.file;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.SingletonResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * A file format of one record per file: all its bytes. It lives in one reader and is never
 * serialised.
 */
final class FileObjectFormat implements BulkFormat<FileObject, FileSourceSplit> {
  private static final long serialVersionUID = 1L;

  private final long maxObjectBytes;
  private final boolean newVersionsAreListed;
  private final transient ReadMetrics metrics;

  /**
   * @param newVersionsAreListed whether a newer version of an object will come as a split of its
   *     own
   */
  FileObjectFormat(long maxObjectBytes, boolean newVersionsAreListed, ReadMetrics metrics) {
    this.maxObjectBytes = maxObjectBytes;
    this.newVersionsAreListed = newVersionsAreListed;
    this.metrics = metrics;
  }

  @Override
  public Reader<FileObject> createReader(Configuration config, FileSourceSplit split) {
    return new ObjectReader(new ObjectRead(split, maxObjectBytes, newVersionsAreListed, metrics));
  }

  @Override
  public Reader<FileObject> restoreReader(Configuration config, FileSourceSplit split) {
    // A checkpoint between the record and the end of its split holds the split as read.
    boolean emitted =
        split.getReaderPosition().map(CheckpointedPosition::getRecordsAfterOffset).orElse(0L) > 0;
    return emitted ? new ObjectReader(null) : createReader(config, split);
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<FileObject> getProducedType() {
    return TypeInformation.of(FileObject.class);
  }

  private static final class ObjectReader implements Reader<FileObject> {
    private @Nullable ObjectRead next;

    ObjectReader(@Nullable ObjectRead next) {
      this.next = next;
    }

    @Override
    public @Nullable RecordIterator<FileObject> readBatch() throws IOException {
      ObjectRead read = next;
      next = null;
      if (read == null) {
        return null;
      }
      Optional<FileObject> object = read.read();
      if (object.isEmpty()) {
        return null;
      }
      SingletonResultIterator<FileObject> records = new SingletonResultIterator<>();
      records.set(object.get(), CheckpointedPosition.NO_OFFSET, 1L);
      return records;
    }

    @Override
    public void close() {
      // Each read closes its own stream.
    }
  }
}
