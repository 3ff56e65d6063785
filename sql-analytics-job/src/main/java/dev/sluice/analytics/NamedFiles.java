package dev.sluice.analytics;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.StreamFormatAdapter;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * What {@link DecodedLines} reads, and where a line cannot be read, the name of the file: lines do
 * not know theirs.
 */
final class NamedFiles implements BulkFormat<RowData, FileSourceSplit> {
  private static final long serialVersionUID = 1L;

  private final StreamFormatAdapter<RowData> lines;

  NamedFiles(DecodedLines lines) {
    this.lines = new StreamFormatAdapter<>(lines);
  }

  @Override
  public Reader<RowData> createReader(Configuration config, FileSourceSplit split)
      throws IOException {
    return split.length() == 0
        ? new EmptyReader()
        : new NamedReader(lines.createReader(config, split), split);
  }

  @Override
  public Reader<RowData> restoreReader(Configuration config, FileSourceSplit split)
      throws IOException {
    if (split.length() == 0) {
      return new EmptyReader();
    }
    try {
      return new NamedReader(lines.restoreReader(config, split), split); // it skips by reading
    } catch (UnreadableLineException e) {
      throw e.in(split.path());
    }
  }

  @Override
  public boolean isSplittable() {
    return lines.isSplittable();
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return lines.getProducedType();
  }

  /** Of a file without a byte, which the adapter refuses. */
  private static final class EmptyReader implements Reader<RowData> {
    @Override
    public @Nullable RecordIterator<RowData> readBatch() {
      return null;
    }

    @Override
    public void close() {}
  }

  private static final class NamedReader implements Reader<RowData> {
    private final Reader<RowData> reader;
    private final FileSourceSplit split;

    NamedReader(Reader<RowData> reader, FileSourceSplit split) {
      this.reader = reader;
      this.split = split;
    }

    @Override
    public @Nullable RecordIterator<RowData> readBatch() throws IOException {
      try {
        return reader.readBatch();
      } catch (UnreadableLineException e) {
        throw e.in(split.path());
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
