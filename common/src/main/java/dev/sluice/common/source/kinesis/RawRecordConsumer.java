package dev.sluice.common.source.kinesis;

import static org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants.RECORD_PUBLISHER_TYPE;
import static org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants.RecordPublisherType.EFO;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.KinesisShardAssigner;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.model.KinesisStreamShardState;
import org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyV2Factory;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/**
 * The connector's consumer of raw records with clients that hide aggregates from it, without its
 * failure when it finds a shard while it ends, and with one when a shard cannot be read any more.
 * Its state is the connector's own, so savepoints of either can be restored by the other.
 */
@SuppressWarnings("deprecation") // the consumer is what Flink 2 has removed
final class RawRecordConsumer<T> extends FlinkKinesisConsumer<T> {
  private static final long serialVersionUID = 1L;

  private final ShardOrder order;

  RawRecordConsumer(
      List<String> streams, RawRecordSchema<T> schema, ShardOrder order, Properties properties) {
    super(streams, schema, properties);
    this.order = order;
  }

  @Override
  protected KinesisDataFetcher<T> createFetcher(
      List<String> streams,
      SourceFunction.SourceContext<T> output,
      RuntimeContext runtime,
      Properties properties,
      KinesisDeserializationSchema<T> schema) {
    List<KinesisStreamShardState> states = new ArrayList<>();
    ShardEnds ends = new ShardEnds();
    boolean fansOut = EFO.name().equals(properties.getProperty(RECORD_PUBLISHER_TYPE));
    Lineage lineage = new Lineage(output.getCheckpointLock(), states);
    return new RawRecordFetcher<T>(
        streams, output, runtime, properties, schema, getShardAssigner(), states, ends) {
      @Override
      public List<StreamShardHandle> discoverNewShardsToSubscribe() throws InterruptedException {
        List<StreamShardHandle> shards = super.discoverNewShardsToSubscribe();
        lineage.found(shards);
        return shards;
      }

      @Override
      protected RecordPublisher createRecordPublisher(
          SequenceNumber start, Properties settings, MetricGroup metrics, StreamShardHandle shard)
          throws InterruptedException {
        RecordPublisher reader = super.createRecordPublisher(start, settings, metrics, shard);
        if (fansOut) {
          reader = ends.checked(reader, shard.getStreamName(), shard.getShard().getShardId());
        }
        // What begins with the newest record has no older brother to wait for.
        boolean waits =
            order == ShardOrder.PARENTS_FIRST
                && !start.equals(SentinelSequenceNumber.SENTINEL_LATEST_SEQUENCE_NUM.get());
        return waits ? new HeldBackPublisher(reader, () -> lineage.areParentsRead(shard)) : reader;
      }
    };
  }

  /**
   * Lets shards that are found while the source ends go: their state is registered, so they are
   * read after the restore. The connector would fail the task, and with it stop-with-savepoint.
   */
  static ExecutorService endingQuietly(ExecutorService readers) {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) readers;
    RejectedExecutionHandler otherwise = pool.getRejectedExecutionHandler();
    pool.setRejectedExecutionHandler(
        (reader, full) -> {
          if (!full.isShutdown()) {
            otherwise.rejectedExecution(reader, full);
          }
        });
    return pool;
  }

  private static class RawRecordFetcher<T> extends KinesisDataFetcher<T> {
    @SuppressWarnings("NullAway") // no watermarks: the connector's own way to say so
    RawRecordFetcher(
        List<String> streams,
        SourceFunction.SourceContext<T> output,
        RuntimeContext runtime,
        Properties properties,
        KinesisDeserializationSchema<T> schema,
        KinesisShardAssigner assigner,
        List<KinesisStreamShardState> states,
        ShardEnds ends) {
      super(
          streams,
          output,
          output.getCheckpointLock(),
          runtime,
          properties,
          schema,
          assigner,
          null,
          null,
          new AtomicReference<>(),
          states,
          createInitialSubscribedStreamsToLastDiscoveredShardsState(streams),
          settings -> new HidingPolls(KinesisProxy.create(settings)),
          settings ->
              new HidingSubscriptions(
                  KinesisProxyV2Factory.createKinesisProxyAsyncV2(settings), ends));
    }

    @Override
    protected ExecutorService createShardConsumersThreadPool(String subtask) {
      return endingQuietly(super.createShardConsumersThreadPool(subtask));
    }
  }
}
