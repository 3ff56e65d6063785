package dev.sluice.common.source.kinesis;

import dev.sluice.common.record.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.util.UniformShardAssigner;

/**
 * A stream of the records of Kinesis data streams, as they lie there.
 *
 * <p><b>Content.</b> {@link RawRecord#data} has the record's bytes, an aggregate of the Kinesis
 * Producer Library in one piece: take it apart with {@code KplAggregate}. The connector's own way
 * of doing that loses user records whose hash key is outside of the shard's range, those behind a
 * malformed one, and empty aggregates; here it never sees an aggregate. {@link RawRecord#source} is
 * {@code stream/shard/sequence-number}, {@link RawRecord#arrivalTimestamp} the approximate arrival,
 * which is also the timestamp of the stream's element. No watermarks.
 *
 * <p><b>Delivery.</b> Relative to checkpoints each record comes exactly once, also after failures,
 * restores with another parallelism, splits and merges, and a change between polling and enhanced
 * fan-out. A stream or a consumer that is gone fails the task. Two limits are Kinesis's own: a
 * record whose put the producer repeated is there twice, and a position that is older than the
 * stream's retention continues, silently, at the oldest record. So keep retention above the longest
 * stop.
 *
 * <p><b>Order.</b> Within a shard. The children of a split or merge are read as soon as they are
 * found, beside what is left of their parents, unless {@link ShardOrder} says otherwise.
 *
 * <p><b>Java.</b> On Java 17 every checkpoint fails unless all processes of the cluster run with
 * {@code --add-opens=java.base/java.util=ALL-UNNAMED}; Flink's own default configuration has it.
 *
 * <p>All that is bound to this version of the connector is in this package.
 */
public final class KinesisSourceFactory {
  private KinesisSourceFactory() {}

  /**
   * Adds a source to a job.
   *
   * @param uid a savepoint knows the source by this name
   */
  public static SingleOutputStreamOperator<RawRecord> from(
      StreamExecutionEnvironment env, KinesisSourceSettings settings, String uid) {
    return from(
        env,
        settings,
        (data, key, sequence, arrival, stream, shard) ->
            new RawRecord(data, arrival, stream + "/" + shard + "/" + sequence),
        TypeInformation.of(RawRecord.class),
        ShardOrder.AS_FOUND,
        uid);
  }

  /**
   * Adds a source of elements that the caller makes of records.
   *
   * @param mapper for what {@link RawRecord} does not hold, such as the partition key
   * @param uid a savepoint knows the source by this name
   */
  @SuppressWarnings("deprecation") // the connector's FLIP-27 source loses closed shards
  public static <T> SingleOutputStreamOperator<T> from(
      StreamExecutionEnvironment env,
      KinesisSourceSettings settings,
      KinesisRecordMapper<T> mapper,
      TypeInformation<T> type,
      ShardOrder order,
      String uid) {
    RawRecordConsumer<T> consumer =
        new RawRecordConsumer<>(
            settings.streams(),
            new RawRecordSchema<>(mapper, type),
            order,
            settings.connectorProperties());
    consumer.setShardAssigner(new UniformShardAssigner());
    SingleOutputStreamOperator<T> source = env.addSource(consumer, "read Kinesis").uid(uid);
    return order == ShardOrder.PARENTS_FIRST ? source.setParallelism(1) : source;
  }
}
