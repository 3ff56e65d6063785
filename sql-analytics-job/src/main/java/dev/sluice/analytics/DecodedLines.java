package dev.sluice.analytics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file, each a row in a format of Flink's; blank lines are none. A line that cannot be
 * read fails the task, unless the format has an option to skip it.
 */
final class DecodedLines extends SimpleStreamFormat<RowData> {
  private static final long serialVersionUID = 1L;

  private final DeserializationSchema<RowData> decoder;

  DecodedLines(DeserializationSchema<RowData> decoder) {
    this.decoder = decoder;
  }

  @Override
  public Reader<RowData> createReader(Configuration config, FSDataInputStream stream)
      throws IOException {
    try {
      decoder.open(new NoMetrics());
    } catch (Exception e) {
      throw new IOException("Cannot open the format", e);
    }
    return new LineReader(
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)), decoder);
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return decoder.getProducedType();
  }

  private static final class LineReader implements Reader<RowData> {
    private final BufferedReader lines;
    private final DeserializationSchema<RowData> decoder;
    private long number;

    LineReader(BufferedReader lines, DeserializationSchema<RowData> decoder) {
      this.lines = lines;
      this.decoder = decoder;
    }

    @Override
    public @Nullable RowData read() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        RowData row = line.isBlank() ? null : decode(line);
        if (row != null) {
          return row;
        }
      }
      return null;
    }

    private @Nullable RowData decode(String line) throws IOException {
      try {
        return decoder.deserialize(line.getBytes(StandardCharsets.UTF_8));
      } catch (IOException | RuntimeException e) {
        throw new UnreadableLineException(number, e);
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  /** Flink shows a format neither metrics nor class loader in a file source. */
  private static final class NoMetrics implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(DecodedLines.class.getClassLoader());
    }
  }
}
