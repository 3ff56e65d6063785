package dev.sluice.common.source.kinesis;

import dev.sluice.common.record.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.KinesisShardAssigner;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyV2Factory;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/**
 * The connector's consumer with clients that hide aggregates from it, and without its failure when
 * it finds a shard while it ends. Its state is the connector's own, so savepoints of either can be
 * restored by the other.
 */
@SuppressWarnings("deprecation") // the consumer is what Flink 2 has removed
final class RawRecordConsumer extends FlinkKinesisConsumer<RawRecord> {
  private static final long serialVersionUID = 1L;

  RawRecordConsumer(List<String> streams, Properties properties) {
    super(streams, new RawRecordSchema(), properties);
  }

  @Override
  protected KinesisDataFetcher<RawRecord> createFetcher(
      List<String> streams,
      SourceFunction.SourceContext<RawRecord> output,
      RuntimeContext runtime,
      Properties properties,
      KinesisDeserializationSchema<RawRecord> schema) {
    return new RawRecordFetcher(streams, output, runtime, properties, schema, getShardAssigner());
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

  private static final class RawRecordFetcher extends KinesisDataFetcher<RawRecord> {
    @SuppressWarnings("NullAway") // no watermarks: the connector's own way to say so
    RawRecordFetcher(
        List<String> streams,
        SourceFunction.SourceContext<RawRecord> output,
        RuntimeContext runtime,
        Properties properties,
        KinesisDeserializationSchema<RawRecord> schema,
        KinesisShardAssigner assigner) {
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
          new ArrayList<>(),
          createInitialSubscribedStreamsToLastDiscoveredShardsState(streams),
          settings -> new HidingPolls(KinesisProxy.create(settings)),
          settings ->
              new HidingSubscriptions(KinesisProxyV2Factory.createKinesisProxyAsyncV2(settings)));
    }

    @Override
    protected ExecutorService createShardConsumersThreadPool(String subtask) {
      return endingQuietly(super.createShardConsumersThreadPool(subtask));
    }
  }
}
