package dev.sluice.replication;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetterSinkFactory;
import dev.sluice.common.environment.CommandLine;
import dev.sluice.common.environment.JobCommand;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.sink.kinesis.OrderedKinesisSink;
import dev.sluice.common.sink.kinesis.Placement;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.source.generated.GeneratedSource;
import dev.sluice.common.source.kinesis.KinesisSourceFactory;
import dev.sluice.replication.drill.DrillCommand;
import dev.sluice.replication.drill.DrillOptions;
import dev.sluice.replication.failover.CommandWords;
import dev.sluice.replication.failover.FailbackCommand;
import dev.sluice.replication.failover.FailoverCommand;
import dev.sluice.replication.failover.MonitorCommand;
import dev.sluice.replication.failover.MonitorOptions;
import dev.sluice.replication.failover.SwitchOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Copies a Kinesis data stream into another one, usually of another Region: bytes, partition keys,
 * hash keys where they can be known, and the order of each partition key. Says where each record
 * went, so that a consumer can go on in the other Region.
 */
public final class ReplicationJob {
  private static final ProgressLine PROGRESS =
      ProgressLine.NONE
          .count("records", "recordsReplicated")
          .count("dead letters", "recordsRefused")
          .rate("recordsReplicated");

  private static final String DRILL = "drill";

  private static final JobCommand<ReplicationSettings> RUN =
      JobCommand.of("run", ReplicationOptions.ALL, ReplicationSettings::new, ReplicationJob::run);

  /** What it does beside that; the module's pom.xml names them for the launcher. */
  static final List<JobCommand<?>> COMMANDS =
      List.of(
          JobCommand.of(
              "audit",
              AuditOptions.ALL,
              AuditCommand::new,
              (arguments, audit) -> audit.run(inAnyLetters())),
          JobCommand.of(
              "translate",
              TranslateCommand.OPTIONS,
              TranslateCommand::new,
              (arguments, translate) -> translate.run(inAnyLetters())),
          JobCommand.of(
              "monitor",
              MonitorOptions.ALL,
              MonitorCommand::new,
              (arguments, monitor) -> monitor.run(inAnyLetters())),
          JobCommand.of(
              "failover",
              SwitchOptions.FAILOVER,
              FailoverCommand::new,
              (arguments, failover) -> failover.run(inAnyLetters())),
          JobCommand.of(
              "failback",
              SwitchOptions.FAILBACK,
              FailbackCommand::new,
              (arguments, failback) -> failback.run(inAnyLetters())),
          JobCommand.of(
              DRILL,
              DrillOptions.ALL,
              DrillCommand::new,
              (arguments, drill) -> drill.run(inAnyLetters())));

  private ReplicationJob() {}

  private static PrintStream inAnyLetters() {
    return new PrintStream(System.out, true, StandardCharsets.UTF_8);
  }

  /**
   * Runs the job with the options of {@link ReplicationOptions}; by hand and without any, the
   * command {@code drill}.
   */
  public static void main(String[] args) throws Exception {
    boolean drill = args.length == 0 && JobEnvironment.isLocalRun();
    CommandLine.run(drill ? new String[] {DRILL} : CommandWords.written(args), RUN, COMMANDS);
  }

  private static void run(JobArguments arguments, ReplicationSettings settings) throws Exception {
    try (JobEnvironment env = JobEnvironment.create("replication", arguments, PROGRESS)) {
      assemble(env.streams(), settings);
      env.execute();
    }
  }

  /** The one place that names connectors. */
  static void assemble(StreamExecutionEnvironment env, ReplicationSettings settings) {
    SingleOutputStreamOperator<ReplicatedRecord> records =
        KinesisSourceFactory.from(
            env,
            settings.source,
            (data, key, sequence, arrival, stream, shard) ->
                new ReplicatedRecord(data, key, null, shard, sequence, -1, arrival),
            TypeInformation.of(ReplicatedRecord.class),
            settings.shardOrder,
            Uids.READ);
    SingleOutputStreamOperator<ReplicatedRecord> prepared =
        ReplicationTopology.prepare(
            ReplicationTopology.guard(records, settings.retention, settings.acceptGap),
            settings.aggregates);
    SingleOutputStreamOperator<Replicated> replicated =
        OrderedKinesisSink.to(settings.target.address().writer(), ReplicationJob::entry)
            .with(settings.target.puts())
            .describedBy((record, letter) -> letter.from(record.source(), record.data.length))
            .on(
                ReplicationTopology.inOrder(prepared, settings.aggregates),
                ReplicationJob::replicated,
                TypeInformation.of(Replicated.class),
                Uids.WRITE);
    ReplicationTopology.track(replicated, settings.positions());
    prepared
        .getSideOutput(PrepareRecords.REJECTED)
        .union(replicated.getSideOutput(OrderedKinesisSink.REFUSED))
        .sinkTo(DeadLetterSinkFactory.create(new Path(settings.deadLetters)))
        .name("write dead letters")
        .uid(Uids.DEAD_LETTERS);
    settings.heartbeats.ifPresent(interval -> beat(env, settings, interval));
  }

  private static void beat(
      StreamExecutionEnvironment env, ReplicationSettings settings, Duration interval) {
    double perSecond = Heartbeat.LANES * 1_000.0 / interval.toMillis();
    OrderedKinesisSink.to(
            settings.sourceAddress().writer(),
            (RawRecord lane) -> Heartbeat.entry(lane, System.currentTimeMillis()))
        .on(
            GeneratedSource.of(Heartbeat.lanes())
                .perSecond(perSecond)
                .addTo(env, Uids.BEAT)
                .setParallelism(1)
                .keyBy(beat -> beat.source, Types.STRING),
            (beat, placement) -> placement.acknowledgedAt(),
            Types.LONG,
            Uids.WRITE_HEARTBEATS)
        .setParallelism(1);
  }

  private static StreamEntry entry(ReplicatedRecord record) {
    return new StreamEntry(record.data, record.partitionKey, record.explicitHashKey);
  }

  private static Replicated replicated(ReplicatedRecord record, Placement placement) {
    return new Replicated(
        record.shard,
        record.sequenceNumber,
        placement.shardId(),
        placement.sequenceNumber(),
        record.arrivalTimestamp,
        placement.acknowledgedAt(),
        Heartbeat.beatAt(record));
  }
}
