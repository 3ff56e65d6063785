package dev.sluice.common.environment;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A main() that a test runs in a process of its own and tells to end. With the option {@code
 * job.max-parallelism=1} its operator never opens.
 */
final class EndlessJob {
  static final String RUNNING = "operator runs";
  static final String CLOSED = "operator closed";
  static final String AFTER = "what comes behind execute()";
  static final String NEVER_OPENS = "--job.max-parallelism=1";

  private static final ProgressLine PROGRESS =
      ProgressLine.NONE.count("records", "Map/numRecordsIn");

  private EndlessJob() {}

  public static void main(String[] args) throws Exception {
    CommandLine.run(
        args,
        EnvironmentOptions.ALL,
        arguments -> arguments,
        (arguments, settings) -> {
          try (JobEnvironment env = JobEnvironment.create("endless", arguments, PROGRESS)) {
            env.streams()
                .fromSource(
                    new NumberSequenceSource(0, Long.MAX_VALUE - 1),
                    WatermarkStrategy.noWatermarks(),
                    "numbers")
                .uid("numbers")
                .map(new TellEnd(List.of(args).contains(NEVER_OPENS)))
                .uid("tell")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
            env.execute();
            System.out.println(AFTER);
          }
        });
  }

  private static final class TellEnd extends RichMapFunction<Long, Long> {
    private final boolean neverOpens;

    TellEnd(boolean neverOpens) {
      this.neverOpens = neverOpens;
    }

    @Override
    public void open(OpenContext context) throws InterruptedException {
      System.out.println(RUNNING);
      if (neverOpens) {
        new CountDownLatch(1).await();
      }
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
