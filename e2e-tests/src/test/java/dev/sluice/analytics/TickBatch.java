package dev.sluice.analytics;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import dev.sluice.local.LocalKinesis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One hour of trades that the job's own command puts into the stream {@code ticks}; the hours of
 * several are days apart. It is in the job's package to run the command in this process.
 */
public final class TickBatch {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int TICKERS = 8;
  private static final double DUPLICATES = 0.05;

  private final int number;
  private final long size;

  /**
   * @param number from 0: its day, and its seed
   */
  public TickBatch(int number, long size) {
    this.number = number;
    this.size = size;
  }

  public long size() {
    return size;
  }

  private Instant start() {
    return Instant.parse("2026-01-05T10:00:00Z").plus(Duration.ofDays(number));
  }

  /** What the stream gets of it. */
  public List<Tick> ticks() {
    TickGenerator day =
        TickGenerator.builder(number)
            .ticks(size)
            .day(start(), HOUR)
            .tickers(TICKERS)
            .duplicates(DUPLICATES)
            .drops(0, 1)
            .build();
    return LongStream.range(0, size).mapToObj(day::tick).collect(Collectors.toList());
  }

  /** Puts it at a rate; the future ends, or fails, with the command. */
  public CompletableFuture<Void> produce(LocalKinesis kinesis, String region, int perSecond) {
    String[] options = {
      "--kinesis-sink.stream=ticks",
      "--kinesis-sink.region=" + region,
      "--kinesis-sink.endpoint=" + kinesis.endpoint(),
      "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
      "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY,
      "--kinesis-sink.packing=aggregate",
      "--generator.seed=" + number,
      "--generator.ticks=" + size,
      "--generator.rate=" + perSecond,
      "--generator.start=" + start(),
      "--generator.day=1 h",
      "--generator.tickers=" + TICKERS,
      "--generator.duplicates=" + DUPLICATES,
      "--generator.drops=0",
    };
    ProduceTicks command = JobArguments.parse(options, ProduceTicksOptions.ALL, ProduceTicks::new);
    return CompletableFuture.runAsync(
        () -> {
          StreamExecutionEnvironment env =
              StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
          command.assemble(env);
          try {
            env.execute("produce batch " + number);
          } catch (Exception e) {
            throw new IllegalStateException("Batch " + number + " was not put", e);
          }
        });
  }
}
