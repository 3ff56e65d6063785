package dev.sluice.prices;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterSinkFactory;
import dev.sluice.common.environment.CommandLine;
import dev.sluice.common.environment.JobCommand;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.source.kinesis.KinesisSourceFactory;
import dev.sluice.common.source.kinesis.ShardOrder;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Keeps the latest price of each ticker of a Kinesis stream in a DynamoDB table. The latest is that
 * with the greatest version ({@link dev.sluice.common.record.RecordVersion}), which its producer
 * gave it and which is the same in every copy: so the job may read either Region's stream, both at
 * the same time, and any part of them again, and the table ends the same.
 */
public final class TickerPricesJob {
  private static final ProgressLine PROGRESS =
      ProgressLine.NONE
          .count("prices", "pricesWritten")
          .count("not newer", "pricesNotNewer")
          .count("dead letters", "ticksRejected")
          .rate("pricesWritten");

  private static final JobCommand<TickerPricesSettings> RUN =
      JobCommand.of("run", TickerPricesOptions.ALL, TickerPricesSettings::new, TickerPricesJob::run)
          .withTip(
              "It reads Kinesis and brings no sample data; './sluice run replication' shows it at"
                  + " work in a drill, without AWS.");

  private TickerPricesJob() {}

  /** Runs the job with the options of {@link TickerPricesOptions}. */
  public static void main(String[] args) throws Exception {
    CommandLine.run(args, RUN, List.of());
  }

  private static void run(JobArguments arguments, TickerPricesSettings settings) throws Exception {
    try (JobEnvironment env = JobEnvironment.create("ticker-prices", arguments, PROGRESS)) {
      assemble(env.streams(), settings);
      env.execute();
    }
  }

  /** The one place that names connectors. */
  static void assemble(StreamExecutionEnvironment env, TickerPricesSettings settings) {
    SingleOutputStreamOperator<StreamRecord> records =
        KinesisSourceFactory.from(
            env,
            settings.source,
            (data, key, sequence, arrival, stream, shard) ->
                new StreamRecord(data, key, stream + "/" + shard + "/" + sequence, arrival),
            TypeInformation.of(StreamRecord.class),
            ShardOrder.AS_FOUND,
            Uids.READ);
    SingleOutputStreamOperator<Price> prices = TickerPricesTopology.read(records);
    SingleOutputStreamOperator<DeadLetter> refused =
        TickerPricesTopology.write(prices, settings.table(), settings.inFlight);
    prices
        .getSideOutput(ReadTicks.REJECTED)
        .union(refused)
        .sinkTo(DeadLetterSinkFactory.create(new Path(settings.deadLetters)))
        .name("write dead letters")
        .uid(Uids.DEAD_LETTERS);
  }
}
