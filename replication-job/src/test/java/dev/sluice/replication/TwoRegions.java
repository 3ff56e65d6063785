package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.common.config.JobArguments;
import dev.sluice.local.KinesisRecord;
import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A stream in one Region, one in another, and the job between them. */
final class TwoRegions {
  static final String PRIMARY = "us-west-2";
  static final String SECONDARY = "us-east-2";

  final KinesisStream source;
  final KinesisStream target;
  final Path folder;
  private final String name;
  private final URI sourceEndpoint;
  private final URI targetEndpoint;
  private final Configuration flink = new Configuration();

  TwoRegions(LocalKinesis kinesis, URI targetEndpoint, String name, int shards, Path folder)
      throws Exception {
    this.source = kinesis.createStream(PRIMARY, name, shards);
    this.target = kinesis.createStream(SECONDARY, name, shards);
    this.name = name;
    this.sourceEndpoint = kinesis.endpoint();
    this.targetEndpoint = targetEndpoint;
    this.folder = folder;
    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
  }

  StreamExecutionEnvironment environment(int parallelism, String... more) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(parallelism);
    List<String> args = new ArrayList<>(addresses());
    args.addAll(
        List.of(
            "--kinesis.discovery-interval=500 ms",
            "--kinesis-sink.requests=3",
            "--kinesis-sink.request-timeout=2 s",
            "--positions.path=" + folder.resolve("positions").toUri(),
            "--dead-letters.path=" + folder.resolve("dead-letters").toUri()));
    args.addAll(List.of(more));
    ReplicationJob.assemble(
        env,
        JobArguments.parse(
            args.toArray(String[]::new), ReplicationOptions.ALL, ReplicationSettings::new));
    return env;
  }

  /** Options that say where both streams are. */
  List<String> addresses() {
    return List.of(
        "--kinesis.streams=" + name,
        "--kinesis.region=" + PRIMARY,
        "--kinesis.endpoint=" + sourceEndpoint,
        "--kinesis.access-key-id=" + LocalKinesis.ACCESS_KEY,
        "--kinesis.secret-access-key=" + LocalKinesis.SECRET_KEY,
        "--kinesis-sink.stream=" + name,
        "--kinesis-sink.region=" + SECONDARY,
        "--kinesis-sink.endpoint=" + targetEndpoint,
        "--kinesis-sink.access-key-id=" + LocalKinesis.ACCESS_KEY,
        "--kinesis-sink.secret-access-key=" + LocalKinesis.SECRET_KEY);
  }

  JobClient start(int parallelism, String... more) throws Exception {
    return environment(parallelism, more).executeAsync();
  }

  /** The next start goes on from here. */
  void stop(JobClient job) throws Exception {
    flink.set(
        StateRecoveryOptions.SAVEPOINT_PATH,
        job.stopWithSavepoint(
                false, folder.resolve("savepoints").toString(), SavepointFormatType.CANONICAL)
            .get());
  }

  PositionStore positions() throws Exception {
    return FilePositionStore.in(folder.resolve("positions").toString(), Duration.ofDays(1)).open();
  }

  /** By partition key the first copies of its records; parents' records before children's. */
  static Map<String, List<String>> firstCopies(KinesisStream stream) throws Exception {
    Map<String, List<String>> byKey = new LinkedHashMap<>();
    for (KinesisRecord record : stream.records()) {
      List<String> seen = byKey.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>());
      String text = new String(record.data(), UTF_8);
      if (!seen.contains(text)) {
        seen.add(text);
      }
    }
    return byKey;
  }
}
