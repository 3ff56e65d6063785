package dev.sluice.common.source.kinesis;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.SdkBytes;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.async.SdkPublisher;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyAsyncV2Interface;

/**
 * Subscriptions with aggregates hidden, which note where a shard ends. As thread-safe as the client
 * behind it.
 */
final class HidingSubscriptions implements KinesisProxyAsyncV2Interface {
  private final KinesisProxyAsyncV2Interface client;
  private final ShardEnds ends;

  HidingSubscriptions(KinesisProxyAsyncV2Interface client, ShardEnds ends) {
    this.client = client;
    this.ends = ends;
  }

  @Override
  public CompletableFuture<Void> subscribeToShard(
      SubscribeToShardRequest request, SubscribeToShardResponseHandler handler) {
    return client.subscribeToShard(request, new HidingHandler(handler, request));
  }

  @Override
  public void close() {
    client.close();
  }

  private SubscribeToShardEventStream hide(
      SubscribeToShardEventStream event, SubscribeToShardRequest request) {
    if (!(event instanceof SubscribeToShardEvent)) {
      return event;
    }
    SubscribeToShardEvent records = (SubscribeToShardEvent) event;
    if (records.continuationSequenceNumber() == null) {
      ends.seen(request.consumerARN(), request.shardId());
    }
    return SubscribeToShardEventStream.subscribeToShardEventBuilder()
        .records(
            records.records().stream().map(HidingSubscriptions::hide).collect(Collectors.toList()))
        .continuationSequenceNumber(records.continuationSequenceNumber())
        .millisBehindLatest(records.millisBehindLatest())
        .childShards(records.hasChildShards() ? records.childShards() : null)
        .build();
  }

  private static Record hide(Record record) {
    ByteBuffer data = record.data().asByteBuffer();
    ByteBuffer hidden = HiddenAggregates.hide(data);
    return hidden.remaining() == data.remaining()
        ? record
        : record.toBuilder().data(SdkBytes.fromByteBuffer(hidden)).build();
  }

  /** Hands on everything, events changed. */
  private final class HidingHandler implements SubscribeToShardResponseHandler {
    private final SubscribeToShardResponseHandler handler;
    private final SubscribeToShardRequest request;

    HidingHandler(SubscribeToShardResponseHandler handler, SubscribeToShardRequest request) {
      this.handler = handler;
      this.request = request;
    }

    @Override
    public void responseReceived(SubscribeToShardResponse response) {
      handler.responseReceived(response);
    }

    @Override
    public void onEventStream(SdkPublisher<SubscribeToShardEventStream> events) {
      handler.onEventStream(events.map(event -> hide(event, request)));
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
      handler.exceptionOccurred(failure);
    }

    @Override
    public void complete() {
      handler.complete();
    }
  }
}
