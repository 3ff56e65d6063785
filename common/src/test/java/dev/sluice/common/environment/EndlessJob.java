package dev.sluice.common.environment;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** A main() that a test runs in a process of its own and tells to end. */
final class EndlessJob {
  static final String RUNNING = "operator runs";
  static final String CLOSED = "operator closed";

  private EndlessJob() {}

  public static void main(String[] args) throws Exception {
    CommandLine.run(
        args,
        EnvironmentOptions.ALL,
        arguments -> arguments,
        (arguments, settings) -> {
          try (JobEnvironment env = JobEnvironment.create("endless", arguments)) {
            env.streams()
                .fromSource(
                    new NumberSequenceSource(0, Long.MAX_VALUE - 1),
                    WatermarkStrategy.noWatermarks(),
                    "numbers")
                .uid("numbers")
                .map(new TellEnd())
                .uid("tell")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
            env.execute();
          }
        });
  }

  private static final class TellEnd extends RichMapFunction<Long, Long> {
    @Override
    public void open(OpenContext context) {
      System.out.println(RUNNING);
    }

    @Override
    public Long map(Long value) {
      return value;
    }

    @Override
    public void close() {
      System.out.println(CLOSED);
    }
  }
}
