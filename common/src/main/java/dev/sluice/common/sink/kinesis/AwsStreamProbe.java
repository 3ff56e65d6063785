package dev.sluice.common.sink.kinesis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Shard;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A probe by the SDK of {@link AwsStreamClient}. */
final class AwsStreamProbe implements StreamProbe {
  private final StreamClient puts;
  private final KinesisAsyncClient client;
  private final String stream;

  /**
   * @param puts closed with this one, and the client with it
   */
  AwsStreamProbe(StreamClient puts, KinesisAsyncClient client, String stream) {
    this.puts = puts;
    this.client = client;
    this.stream = stream;
  }

  @Override
  public EntryResult put(StreamEntry entry) throws PutFailedException, InterruptedException {
    EntryResult result = answer(puts.put(List.of(entry))).get(0);
    PutFailure failure = result.failure();
    if (failure != null) {
      throw new PutFailedException(failure, null);
    }
    return result;
  }

  @Override
  public Optional<Found> read(String shard, String sequenceNumber)
      throws PutFailedException, InterruptedException {
    GetShardIteratorResponse start =
        answer(
            client.getShardIterator(
                r ->
                    r.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(sequenceNumber)));
    GetRecordsResponse page =
        answer(client.getRecords(r -> r.shardIterator(start.shardIterator()).limit(1)));
    for (Record record : page.records()) {
      if (record.sequenceNumber().equals(sequenceNumber)) {
        return Optional.of(
            new Found(record.data().asByteArray(), record.approximateArrivalTimestamp()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Map<String, String> hashKeys() throws PutFailedException, InterruptedException {
    Map<String, String> open = new TreeMap<>();
    ListShardsRequest request = ListShardsRequest.builder().streamName(stream).build();
    while (true) {
      ListShardsResponse page = answer(client.listShards(request));
      for (Shard shard : page.shards()) {
        if (shard.sequenceNumberRange().endingSequenceNumber() == null) {
          open.put(shard.shardId(), shard.hashKeyRange().startingHashKey());
        }
      }
      if (page.nextToken() == null) {
        return open;
      }
      request = ListShardsRequest.builder().nextToken(page.nextToken()).build();
    }
  }

  private static <R> R answer(CompletableFuture<R> call)
      throws PutFailedException, InterruptedException {
    try {
      return call.get();
    } catch (ExecutionException e) {
      Throwable failure = AwsStreamClient.failed(e.getCause());
      if (failure instanceof PutFailedException) {
        throw (PutFailedException) failure;
      }
      throw new IllegalStateException("A request ended in a way of its own", e);
    }
  }

  @Override
  public void close() {
    puts.close();
  }
}
