package dev.sluice.partitioning;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.environment.CommandLine;
import dev.sluice.common.environment.JobCommand;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.common.source.file.FileObjectStream;
import dev.sluice.common.source.file.SplitRejectedObjects;
import dev.sluice.common.source.kinesis.KinesisSourceFactory;
import dev.sluice.partitioning.PartitionedSinkOptions.SourceType;
import dev.sluice.partitioning.plan.PlanOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Writes each record of a stream below the prefix that its content gives, exactly once: what Amazon
 * Data Firehose does with dynamic partitioning, by the same configuration.
 */
public final class PartitionedSinkJob {
  private static final JobCommand<PartitionedSinkSettings> RUN =
      JobCommand.of(
          "run", PartitionedSinkOptions.ALL, PartitionedSinkSettings::new, PartitionedSinkJob::run);

  /** What it does beside that; the module's pom.xml names them for the launcher. */
  static final List<JobCommand<?>> COMMANDS =
      List.of(
          JobCommand.of(
                  "plan",
                  Preflight.OPTIONS,
                  Preflight::new,
                  (arguments, preflight) -> preflight.run(inAnyLetters()))
              .withShortName("sample", PlanOptions.SAMPLE),
          JobCommand.of(
              "redrive",
              PartitionedSinkOptions.ALL,
              PartitionedSinkSettings::ofRedrive,
              PartitionedSinkJob::run),
          JobCommand.of(
              "sweep", SweepOptions.ALL, SweepUploads::new, (arguments, sweep) -> sweep.run()));

  private PartitionedSinkJob() {}

  private static PrintStream inAnyLetters() {
    return new PrintStream(System.out, true, StandardCharsets.UTF_8);
  }

  /** Runs the job with the options of {@link PartitionedSinkOptions}. */
  public static void main(String[] args) throws Exception {
    CommandLine.run(args, RUN, COMMANDS);
  }

  static void run(JobArguments arguments, PartitionedSinkSettings settings) throws Exception {
    settings.folders().check();
    if (settings.isRedrive() && JobEnvironment.isLocalRun()) {
      settings.redrive(System.out).run(objects -> execute(arguments, settings, objects));
    } else {
      execute(arguments, settings, settings.inputs);
    }
  }

  private static void execute(
      JobArguments arguments, PartitionedSinkSettings settings, List<String> inputs)
      throws Exception {
    try (JobEnvironment env =
        JobEnvironment.create("partitioned-sink", arguments, LocalReport.progress())) {
      assemble(env.streams(), settings, inputs);
      Instant start = Instant.now();
      env.execute();
      if (env.isLocal()) {
        LocalReport.write(settings, env.progress(), start, System.out);
      }
    }
  }

  static void assemble(StreamExecutionEnvironment env, PartitionedSinkSettings settings) {
    assemble(env, settings, settings.inputs);
  }

  /**
   * The one place that names connectors.
   *
   * @param inputs folders or objects, if the source is of files
   */
  private static void assemble(
      StreamExecutionEnvironment env, PartitionedSinkSettings settings, List<String> inputs) {
    env.getConfig().enableObjectReuse(); // no operator here changes or keeps what it is given
    Input input = input(env, settings, inputs);
    PartitionedSinkTopology.build(
            input.records, input.rejected, settings.partitioning, settings.laneThroughput())
        .sinkTo(settings.delivery.sink(settings.output))
        .name("write partitions")
        .uid(Uids.WRITE);
  }

  private static Input input(
      StreamExecutionEnvironment env, PartitionedSinkSettings settings, List<String> inputs) {
    switch (settings.sourceType) {
      case KINESIS:
        return new Input(
            KinesisSourceFactory.from(env, settings.kinesis.orElseThrow(), Uids.READ_KINESIS),
            List.of());
      case GENERATOR:
        return new Input(settings.generator.source().addTo(env, Uids.READ), List.of());
      default:
        return files(env, settings, inputs);
    }
  }

  private static Input files(
      StreamExecutionEnvironment env, PartitionedSinkSettings settings, List<String> inputs) {
    SingleOutputStreamOperator<FileObject> objects =
        FileObjectStream.from(env, settings.files(inputs), Uids.READ, Uids.SPLIT_REJECTED);
    DataStream<DeadLetter> unread = objects.getSideOutput(SplitRejectedObjects.REJECTED);
    boolean redrive = settings.sourceType == SourceType.DEAD_LETTERS;
    SingleOutputStreamOperator<RawRecord> records =
        objects
            .process(redrive ? new RedriveDeadLetters() : new ObjectsToRecords())
            .name("objects to records")
            .uid(Uids.OBJECTS_TO_RECORDS);
    return new Input(
        records,
        redrive
            ? List.of(unread, records.getSideOutput(RedriveDeadLetters.REJECTED))
            : List.of(unread));
  }

  /** What a source gives. */
  private static final class Input {
    final DataStream<RawRecord> records;
    final List<DataStream<DeadLetter>> rejected;

    Input(DataStream<RawRecord> records, List<DataStream<DeadLetter>> rejected) {
      this.records = records;
      this.rejected = rejected;
    }
  }
}
