package dev.sluice.testing.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** Writes the numbers from 1 to a last one, as slowly as it is told, to files. */
public final class CountingJob {
  private CountingJob() {}

  /** Arguments: output folder, last number, pause in microseconds after each number. */
  public static void main(String[] args) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(500);
    env.fromSource(
            new NumberSequenceSource(1, Long.parseLong(args[1])),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new Slowly(Long.parseLong(args[2])))
        .returns(Types.LONG)
        .name("slowly")
        .uid("slowly")
        .sinkTo(
            FileSink.forRowFormat(new Path(args[0]), new SimpleStringEncoder<Long>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build())
        .name("files")
        .uid("files");
    env.execute("counting");
  }

  /** A number is worth some work. */
  static final class Slowly extends RichMapFunction<Long, Long> {
    private final long pauseMicros;
    private transient Counter numbers;

    Slowly(long pauseMicros) {
      this.pauseMicros = pauseMicros;
    }

    @Override
    public void open(OpenContext context) {
      numbers = getRuntimeContext().getMetricGroup().counter("slowNumbers");
    }

    @Override
    public Long map(Long number) {
      numbers.inc();
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pauseMicros));
      return number;
    }
  }
}
