package dev.sluice.common.source.kinesis;

import java.util.Map;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;

/** Polls with aggregates hidden. As thread-safe as the client behind it. */
final class HidingPolls implements KinesisProxyInterface {
  private final KinesisProxyInterface client;

  HidingPolls(KinesisProxyInterface client) {
    this.client = client;
  }

  @Override
  public GetRecordsResult getRecords(String iterator, int most) throws InterruptedException {
    GetRecordsResult result = client.getRecords(iterator, most);
    result.getRecords().forEach(record -> record.setData(HiddenAggregates.hide(record.getData())));
    return result;
  }

  @Override
  public String getShardIterator(StreamShardHandle shard, String type, Object start)
      throws InterruptedException {
    return client.getShardIterator(shard, type, start);
  }

  @Override
  public GetShardListResult getShardList(Map<String, String> lastSeen) throws InterruptedException {
    return client.getShardList(lastSeen);
  }
}
