package dev.sluice.partitioning;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.environment.CommandLine;
import dev.sluice.common.environment.JobEnvironment;
import dev.sluice.common.environment.ProgressLine;
import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.file.FileObject;
import dev.sluice.common.source.file.FileObjectStream;
import dev.sluice.common.source.file.SplitRejectedObjects;
import dev.sluice.partitioning.PartitionedSinkOptions.SourceType;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Writes each record of a stream below the prefix that its content gives, exactly once: what Amazon
 * Data Firehose does with dynamic partitioning, by the same configuration.
 */
public final class PartitionedSinkJob {
  private static final ProgressLine PROGRESS =
      ProgressLine.NONE.count("records", "rows").count("dead letters", "deadLetters").rate("rows");

  private PartitionedSinkJob() {}

  /** Runs the job with the options of {@link PartitionedSinkOptions}. */
  public static void main(String[] args) throws Exception {
    CommandLine.run(
        args, PartitionedSinkOptions.ALL, PartitionedSinkSettings::new, PartitionedSinkJob::run);
  }

  private static void run(JobArguments arguments, PartitionedSinkSettings settings)
      throws Exception {
    try (JobEnvironment env = JobEnvironment.create("partitioned-sink", arguments, PROGRESS)) {
      assemble(env.streams(), settings);
      env.execute();
    }
  }

  /** The one place that names connectors. */
  static void assemble(StreamExecutionEnvironment env, PartitionedSinkSettings settings) {
    env.getConfig().enableObjectReuse(); // no operator here changes or keeps what it is given
    Input input = files(env, settings);
    PartitionedSinkTopology.build(
            input.records, input.rejected, settings.partitioning, settings.laneThroughput())
        .sinkTo(settings.delivery.sink(settings.output))
        .name("write partitions")
        .uid(Uids.WRITE);
  }

  private static Input files(StreamExecutionEnvironment env, PartitionedSinkSettings settings) {
    SingleOutputStreamOperator<FileObject> objects =
        FileObjectStream.from(env, settings.files(), Uids.READ, Uids.SPLIT_REJECTED);
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
