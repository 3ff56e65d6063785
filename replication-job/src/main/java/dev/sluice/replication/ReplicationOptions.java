package dev.sluice.replication;

import dev.sluice.common.config.JobOption;
import dev.sluice.common.environment.EnvironmentOptions;
import dev.sluice.common.sink.kinesis.KinesisSinkOptions;
import dev.sluice.common.source.kinesis.KinesisSourceOptions;
import dev.sluice.common.source.kinesis.ShardOrder;
import java.time.Duration;
import java.util.List;

/**
 * All options of the job: {@code kinesis.*} of the stream that is read, {@code kinesis-sink.*} of
 * the one that is written, and those of its environment.
 */
public final class ReplicationOptions {
  static final JobOption<AggregateHandling> AGGREGATES =
      JobOption.ofEnum("replication.aggregates", AggregateHandling.class)
          .defaultTo(AggregateHandling.TAKE_APART)
          .describedAs(
              "What becomes of KPL aggregates. Passed through they keep their bytes, and a source"
                  + " shard is held to one record per round trip.");

  static final JobOption<ShardOrder> SHARD_ORDER =
      JobOption.ofEnum("replication.shard-order", ShardOrder.class)
          .defaultTo(ShardOrder.PARENTS_FIRST)
          .describedAs(
              "When children of a split or merge are read. With parents-first one subtask reads all"
                  + " shards, and keys keep their order when the source is resharded.");

  static final JobOption<Duration> RETENTION =
      JobOption.ofDuration("replication.source-retention")
          .defaultTo(Duration.ofHours(24))
          .positive()
          .describedAs(
              "Retention of the stream that is read. A position that it may have overtaken stops"
                  + " the job.");

  static final JobOption<Boolean> ACCEPT_GAP =
      JobOption.ofBoolean("replication.accept-gap")
          .defaultTo(false)
          .describedAs("Go on, with a warning, although records may be lost to the retention.");

  static final JobOption<Duration> HEARTBEAT_INTERVAL =
      JobOption.ofDuration("replication.heartbeat-interval")
          .defaultDescribedAs("none: no heartbeats")
          .atLeast(Duration.ofMillis(100))
          .describedAs(
              "Time between heartbeats, 16 records that the job writes into the stream that it"
                  + " reads and finds again. Consumers must skip keys 'sluice-heartbeat-*'.");

  static final JobOption<String> DEAD_LETTERS_PATH =
      JobOption.ofLocation("dead-letters.path")
          .required()
          .describedAs("Folder of records that the target will never take.");

  /** All that is this job's own. */
  private static final List<JobOption<?>> OWN =
      JobOption.all(
          List.of(AGGREGATES, SHARD_ORDER, RETENTION, ACCEPT_GAP, HEARTBEAT_INTERVAL),
          PositionOptions.ALL,
          List.of(DEAD_LETTERS_PATH));

  /** Every option, in the order of the tables. */
  public static final List<JobOption<?>> ALL =
      JobOption.all(KinesisSourceOptions.ALL, KinesisSinkOptions.ALL, OWN, EnvironmentOptions.ALL);

  private ReplicationOptions() {}
}
