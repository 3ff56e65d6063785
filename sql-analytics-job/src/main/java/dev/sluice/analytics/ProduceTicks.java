package dev.sluice.analytics;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.environment.JobCommand;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.Progress;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkSettings;
import dev.sluice.common.sink.kinesis.OrderedKinesisSink;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import dev.sluice.common.source.generated.ticks.TickGeneratorBuilder;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The command {@code produce-ticks}: puts the trades of a generated day into a Kinesis stream, as
 * JSON, with the stock's symbol as partition key.
 *
 * <p>Each stock's trades lie in the stream in the order in which the day has them. At least once: a
 * trade whose acknowledgement is lost lies there twice, as does what was sent since the last
 * checkpoint when the command restarts by itself. What Kinesis throttles or fails is sent again
 * without end; what it refuses fails the command. Ctrl-C ends it after all that was begun is
 * stored.
 */
final class ProduceTicks {
  private static final String STORED = "recordsStored";
  private static final String THROTTLED = "recordsThrottled";
  private static final String FAILED = "recordsFailed";

  /** What {@code ./sluice produce ticks} calls. */
  static final JobCommand<ProduceTicks> COMMAND =
      JobCommand.of(
              "produce-ticks",
              ProduceTicksOptions.ALL,
              ProduceTicks::new,
              (arguments, ticks) -> ticks.run(arguments, System.out))
          .withShortName("ticks", SqlAnalyticsOptions.TICKS)
          .withShortName("seed", SqlAnalyticsOptions.SEED)
          .withShortName("rate", SqlAnalyticsOptions.RATE)
          .withShortName("stream", KinesisSinkOptions.STREAM)
          .withShortName("region", KinesisSinkOptions.REGION)
          .withShortName("endpoint", KinesisSinkOptions.ENDPOINT);

  private final KinesisSinkSettings target;
  private final long number;
  private final Optional<Double> rate;
  private final TickGeneratorBuilder day;

  /** The rule between options: the drops have room in the day. */
  ProduceTicks(JobArguments arguments) {
    target = new KinesisSinkSettings(arguments);
    number = arguments.get(SqlAnalyticsOptions.TICKS);
    rate = arguments.find(SqlAnalyticsOptions.RATE);
    day =
        TickGenerator.builder(arguments.get(SqlAnalyticsOptions.SEED))
            .ticks(number)
            .day(
                Instant.parse(arguments.get(ProduceTicksOptions.START)),
                arguments.get(ProduceTicksOptions.DAY))
            .tickers(arguments.get(ProduceTicksOptions.TICKERS))
            .skew(arguments.get(ProduceTicksOptions.SKEW))
            .disorder(
                arguments.get(ProduceTicksOptions.DISORDERED),
                arguments.get(ProduceTicksOptions.DISORDER))
            .duplicates(arguments.get(ProduceTicksOptions.DUPLICATES))
            .drops(
                arguments.get(ProduceTicksOptions.DROPS),
                arguments.get(ProduceTicksOptions.DROP_DEPTH));
    arguments.check(
        problems ->
            problems.require(
                hasRoom(day),
                ProduceTicksOptions.DROPS,
                "must leave half an hour of the day from one to the next of the same stock, of the"
                    + " 5 that are traded most",
                ProduceTicksOptions.DAY,
                ProduceTicksOptions.TICKERS));
  }

  private static boolean hasRoom(TickGeneratorBuilder day) {
    try {
      day.build();
      return true;
    } catch (IllegalArgumentException e) { // its one rule that no option has
      return false;
    }
  }

  void run(JobArguments arguments, PrintStream out) throws Exception {
    ProgressLine line =
        ProgressLine.NONE
            .count("ticks", STORED)
            .rate(STORED)
            .count("throttled", THROTTLED)
            .count("failed", FAILED);
    try (JobEnvironment env = JobEnvironment.create("produce-ticks", arguments, line)) {
      if (env.isLocal()) {
        out.println("Putting " + number + " ticks into " + target.address());
      }
      assemble(env.streams());
      try {
        env.execute();
      } finally {
        if (env.isLocal()) {
          out.println(summary(env.progress()));
        }
      }
    }
  }

  /** The one place that names connectors. */
  void assemble(StreamExecutionEnvironment env) {
    TickGenerator generator = day.build();
    GeneratedSource all = GeneratedSource.of(generator).records(number);
    GeneratedSource source = rate.map(all::perSecond).orElse(all);
    TickerOf ticker = new TickerOf(generator);
    OrderedKinesisSink.to(
            target.address().writer(),
            (RawRecord tick) -> new StreamEntry(tick.data, ticker.getKey(tick), null))
        .with(target.puts())
        .on(
            source.addTo(env, "generate-ticks").setParallelism(1).keyBy(ticker, Types.STRING),
            (tick, placement) -> placement.acknowledgedAt(),
            Types.LONG,
            "write-ticks")
        .getSideOutput(OrderedKinesisSink.REFUSED)
        .process(new FailOnRefusal())
        .returns(Types.VOID)
        .name("fail on refusal")
        .uid("fail-on-refusal");
  }

  /** After a restart more may be stored than there are ticks: some twice. */
  private String summary(Progress progress) {
    return String.format(
        "Stored %d of %d ticks; of their attempts %d were throttled and %d failed, and were made again",
        progress.count(STORED), number, progress.count(THROTTLED), progress.count(FAILED));
  }
}
