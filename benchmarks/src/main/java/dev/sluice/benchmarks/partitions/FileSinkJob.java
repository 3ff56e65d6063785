package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Contestant;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

/**
 * Flink's {@code FileSink} with a bucket per customer. Files end by the same size as everybody's.
 */
final class FileSinkJob implements Contestant {
  private final Workload workload;
  private final Duration interval;
  private final int parallelism;
  private final boolean shuffled;

  /**
   * @param shuffled whether records of a customer meet in one subtask: half as many files, for a
   *     network exchange
   */
  FileSinkJob(Workload workload, Duration interval, int parallelism, boolean shuffled) {
    this.workload = workload;
    this.interval = interval;
    this.parallelism = parallelism;
    this.shuffled = shuffled;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    StreamExecutionEnvironment env = StockRows.environment(checkpoints, interval, parallelism);
    DataStream<Row> rows = StockRows.rows(env, workload);
    if (shuffled) {
      rows = rows.keyBy(row -> row.customer);
    }
    rows.sinkTo(
        FileSink.forRowFormat(new org.apache.flink.core.fs.Path(output.toUri()), new Lines())
            .withBucketAssigner(new ByCustomer())
            .withRollingPolicy(
                DefaultRollingPolicy.builder()
                    .withMaxPartSize(new MemorySize(workload.bufferBytes()))
                    .withRolloverInterval(StockRows.LONG)
                    .withInactivityInterval(StockRows.LONG)
                    .build())
            .build());
    env.execute("file sink");
  }

  @Override
  public Work work(Path output) {
    return new Work(workload.all(), 0);
  }

  @Override
  public long done() {
    return Clicks.made();
  }

  private static final class Lines implements Encoder<Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Row row, OutputStream out) throws java.io.IOException {
      out.write(row.data);
      out.write('\n');
    }
  }

  private static final class ByCustomer implements BucketAssigner<Row, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String getBucketId(Row row, Context context) {
      return "customer_id=" + row.customer;
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
      return SimpleVersionedStringSerializer.INSTANCE;
    }
  }
}
