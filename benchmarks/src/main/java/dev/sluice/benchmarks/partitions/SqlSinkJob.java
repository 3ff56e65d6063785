package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.Contestant;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.FormatDescriptor;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The filesystem sink of Flink SQL, {@code PARTITIONED BY (customer_id)}.
 *
 * <p>In its favour: the record goes through as bytes (format raw), so that SQL neither parses nor
 * writes JSON; keys are found as for {@link FileSinkJob}.
 */
final class SqlSinkJob implements Contestant {
  private final Workload workload;
  private final Duration interval;
  private final int parallelism;
  private final boolean shuffled;

  /**
   * @param shuffled {@code sink.shuffle-by-partition.enable}
   */
  SqlSinkJob(Workload workload, Duration interval, int parallelism, boolean shuffled) {
    this.workload = workload;
    this.interval = interval;
    this.parallelism = parallelism;
    this.shuffled = shuffled;
  }

  @Override
  public void run(Path input, Path output, Path checkpoints) throws Exception {
    StreamExecutionEnvironment env = StockRows.environment(checkpoints, interval, parallelism);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    DataStream<org.apache.flink.types.Row> rows =
        StockRows.rows(env, workload)
            .map(row -> org.apache.flink.types.Row.of(row.data, row.customer))
            .returns(
                Types.ROW_NAMED(
                    new String[] {"data", "customer_id"},
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                    Types.STRING));
    tables.createTemporaryView("clicks", rows);
    tables.createTemporaryTable(
        "lake",
        TableDescriptor.forConnector("filesystem")
            .schema(
                Schema.newBuilder()
                    .column("data", DataTypes.BYTES())
                    .column("customer_id", DataTypes.STRING())
                    .build())
            .partitionedBy("customer_id")
            .format(FormatDescriptor.forFormat("raw").build())
            .option("path", output.toUri().toString())
            .option("sink.rolling-policy.file-size", workload.bufferBytes() + " b")
            .option("sink.rolling-policy.rollover-interval", "1 h")
            .option("sink.rolling-policy.inactivity-interval", "1 h")
            .option("sink.shuffle-by-partition.enable", Boolean.toString(shuffled))
            .build());
    tables.executeSql("INSERT INTO lake SELECT data, customer_id FROM clicks").await();
  }

  @Override
  public Work work(Path output) {
    return new Work(workload.all(), 0);
  }

  @Override
  public long done() {
    return Clicks.made();
  }
}
