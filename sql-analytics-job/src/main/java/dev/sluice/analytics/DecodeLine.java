package dev.sluice.analytics;

import dev.sluice.common.record.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

/** Reads a line in a format of Flink's. A line that cannot be read fails the task, naming it. */
final class DecodeLine extends RichFlatMapFunction<RawRecord, RowData> {
  private static final long serialVersionUID = 1L;

  private final DeserializationSchema<RowData> decoder;

  DecodeLine(DeserializationSchema<RowData> decoder) {
    this.decoder = decoder;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    decoder.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return getRuntimeContext().getMetricGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(DecodeLine.class.getClassLoader());
          }
        });
  }

  @Override
  public void flatMap(RawRecord line, Collector<RowData> out) throws IOException {
    try {
      decoder.deserialize(line.data, out);
    } catch (IOException e) {
      throw new IOException("Cannot read '" + line.source + "'", e);
    }
  }
}
