package dev.sluice.replication;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The dataflow of the job on both sides of the target stream: pure functions. */
final class ReplicationTopology {
  private ReplicationTopology() {}

  /** Watches over the retention of what is read; as many subtasks as the source has. */
  static SingleOutputStreamOperator<ReplicatedRecord> guard(
      SingleOutputStreamOperator<ReplicatedRecord> records, Duration retention, boolean acceptGap) {
    return records
        .process(new GuardRetention(retention, acceptGap, System::currentTimeMillis))
        .name("guard retention")
        .uid(Uids.GUARD)
        .setParallelism(records.getParallelism());
  }

  /**
   * Records as they go into the target; callers take {@link PrepareRecords#REJECTED}, too. As many
   * subtasks as the source has, so that none overtakes another on the way.
   */
  static SingleOutputStreamOperator<ReplicatedRecord> prepare(
      SingleOutputStreamOperator<ReplicatedRecord> records, AggregateHandling aggregates) {
    return records
        .process(new PrepareRecords(aggregates))
        .name("prepare records")
        .uid(Uids.TAKE_APART)
        .setParallelism(records.getParallelism());
  }

  /** By what has an order: the partition key, or the shard if aggregates hide keys. */
  static KeyedStream<ReplicatedRecord, String> inOrder(
      DataStream<ReplicatedRecord> records, AggregateHandling aggregates) {
    return aggregates == AggregateHandling.PASS_THROUGH
        ? records.keyBy(record -> record.shard, Types.STRING)
        : records.keyBy(record -> record.partitionKey, Types.STRING);
  }

  /** Measures what is acknowledged and keeps positions; one subtask sees all. */
  static SingleOutputStreamOperator<Replicated> track(
      DataStream<Replicated> replicated, PositionStore.Factory positions) {
    return replicated
        .process(new TrackPositions(positions))
        .name("track positions")
        .uid(Uids.TRACK)
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
