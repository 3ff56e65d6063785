package dev.sluice.common.source.kinesis;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.record.RawRecord;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.testing.CollectingSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The source alone, into a collecting sink, on the cluster of the test. */
final class KinesisJob {
  static final String REGION = "us-east-1";

  private final LocalKinesis kinesis;
  private final CollectingSink<RawRecord> sink;
  private final List<String> options;
  private @Nullable String savepoint;

  KinesisJob(LocalKinesis kinesis, CollectingSink<RawRecord> sink, String... options) {
    this.kinesis = kinesis;
    this.sink = sink;
    this.options =
        new ArrayList<>(
            List.of(
                "--kinesis.region=" + REGION,
                "--kinesis.endpoint=" + kinesis.endpoint(),
                "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
                "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
                "--kinesis.poll-interval=500 ms",
                "--kinesis.discovery-interval=1 s"));
    this.options.addAll(List.of(options));
  }

  StreamExecutionEnvironment environment(int parallelism) {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    KinesisSourceSettings settings =
        JobArguments.parse(
            options.toArray(String[]::new), KinesisSourceOptions.ALL, KinesisSourceSettings::new);
    KinesisSourceFactory.from(env, settings, "kinesis").sinkTo(sink).name("collect").uid("collect");
    return env;
  }

  JobClient start(int parallelism) throws Exception {
    return environment(parallelism).executeAsync();
  }

  /** Stops the job; the next start continues where it was. */
  void stop(JobClient job, Path savepoints) throws Exception {
    savepoint =
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
  }

  KinesisStream createStream(String name, int shards) throws Exception {
    return kinesis.createStream(REGION, name, shards);
  }

  /** What the source makes of a record that lies in a stream. */
  static RawRecord expected(KinesisStream stream, KinesisRecord record) {
    return new RawRecord(
        record.data(), record.arrival().toEpochMilli(), stream.name() + "/" + record.position());
  }
}
