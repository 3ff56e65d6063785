package dev.sluice.benchmarks.partitions;

import dev.sluice.benchmarks.measure.StockFlink;
import dev.sluice.common.source.generated.GeneratedSource;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What both of Flink's own sinks get: the same source, parser and checkpoints. */
final class StockRows {
  /** No file ends by age in these runs. */
  static final Duration LONG = Duration.ofHours(1);

  private StockRows() {}

  static StreamExecutionEnvironment environment(
      Path checkpoints, Duration interval, int parallelism) {
    StreamExecutionEnvironment env = StockFlink.environment(checkpoints, interval, parallelism);
    env.getConfig().enableObjectReuse();
    return env;
  }

  static SingleOutputStreamOperator<Row> rows(StreamExecutionEnvironment env, Workload workload) {
    return GeneratedSource.of(new Clicks(workload))
        .records(workload.all())
        .addTo(env, "generate")
        .map(record -> new Row(CustomerReader.read(record.data), record.data))
        .returns(Row.class);
  }
}
