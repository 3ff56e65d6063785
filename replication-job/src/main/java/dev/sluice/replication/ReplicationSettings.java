package dev.sluice.replication;

import static dev.sluice.replication.ReplicationOptions.*;

import dev.sluice.common.config.JobArguments;
import dev.sluice.common.config.Origin;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkSettings;
import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import dev.sluice.common.source.kinesis.KinesisSourceSettings;
import dev.sluice.common.source.kinesis.ShardOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;

/** What the job is started with, checked. */
final class ReplicationSettings {
  /** Replication does not take from what the stream's consumers share. */
  private static final Map<String, String> FAN_OUT =
      Map.of("kinesis.reader", "enhanced-fan-out", "kinesis.consumer-name", "sluice-replication");

  final KinesisSourceSettings source;
  final KinesisSinkSettings target;
  final AggregateHandling aggregates;
  final ShardOrder shardOrder;
  final Duration retention;
  final boolean acceptGap;
  final Optional<Duration> heartbeats;
  final String deadLetters;
  private final PositionSettings positions;
  private final JobArguments arguments;

  /** Rules between options: one stream into another one, aligned checkpoints. */
  ReplicationSettings(JobArguments given) {
    arguments = withFanOut(given);
    arguments.check(
        problems ->
            problems
                .require(
                    arguments.find(KinesisSourceOptions.STREAMS).map(List::size).orElse(1) == 1,
                    KinesisSourceOptions.STREAMS,
                    "must name one stream: each has a replicator of its own")
                .require(
                    !isItsOwnTarget(),
                    KinesisSinkOptions.STREAM,
                    "must not be the stream that is read",
                    KinesisSourceOptions.STREAMS)
                .require(
                    !arguments.flink().get(CheckpointingOptions.ENABLE_UNALIGNED),
                    PositionOptions.PATH,
                    "needs aligned checkpoints: drop"
                        + " '--flink.execution.checkpointing.unaligned.enabled'"));
    source = new KinesisSourceSettings(arguments);
    target = new KinesisSinkSettings(arguments);
    positions = new PositionSettings(arguments);
    aggregates = arguments.get(AGGREGATES);
    shardOrder = arguments.get(SHARD_ORDER);
    retention = arguments.get(RETENTION);
    acceptGap = arguments.get(ACCEPT_GAP);
    heartbeats = arguments.find(HEARTBEAT_INTERVAL);
    deadLetters = arguments.get(DEAD_LETTERS_PATH);
  }

  private static JobArguments withFanOut(JobArguments given) {
    return given.isSet(KinesisSourceOptions.READER) ? given : given.over(FAN_OUT, Origin.DEFAULT);
  }

  private boolean isItsOwnTarget() {
    return arguments
            .find(KinesisSourceOptions.STREAMS)
            .equals(arguments.find(KinesisSinkOptions.STREAM).map(List::of))
        && arguments
            .find(KinesisSourceOptions.REGION)
            .equals(arguments.find(KinesisSinkOptions.REGION))
        && arguments
            .find(KinesisSourceOptions.ENDPOINT)
            .equals(arguments.find(KinesisSinkOptions.ENDPOINT));
  }

  PositionStore.Factory positions() {
    return positions.store();
  }

  /** The stream that is read, for what the job writes into it. */
  StreamAddress sourceAddress() {
    return SourceAddress.of(arguments);
  }
}
