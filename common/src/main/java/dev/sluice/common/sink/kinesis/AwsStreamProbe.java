package dev.sluice.common.sink.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Shard;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import org.jspecify.annotations.Nullable;

/** A probe by the SDK of {@link AwsStreamClient}. */
final class AwsStreamProbe implements StreamProbe {
  private static final int THROTTLED_ATTEMPTS = 100;
  private static final long THROTTLED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

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
    for (Shard shard : list()) {
      if (shard.sequenceNumberRange().endingSequenceNumber() == null) {
        open.put(shard.shardId(), shard.hashKeyRange().startingHashKey());
      }
    }
    return open;
  }

  @Override
  public List<String> shards() throws PutFailedException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (Shard shard : list()) {
      ids.add(shard.shardId());
    }
    return ids;
  }

  private List<Shard> list() throws PutFailedException, InterruptedException {
    List<Shard> shards = new ArrayList<>();
    ListShardsRequest request = ListShardsRequest.builder().streamName(stream).build();
    while (true) {
      ListShardsResponse page = answer(client.listShards(request));
      shards.addAll(page.shards());
      if (page.nextToken() == null) {
        return shards;
      }
      request = ListShardsRequest.builder().nextToken(page.nextToken()).build();
    }
  }

  @Override
  public void readOn(String shard, @Nullable String after, Visitor visitor)
      throws PutFailedException, InterruptedException {
    GetShardIteratorRequest.Builder start =
        GetShardIteratorRequest.builder().streamName(stream).shardId(shard);
    if (after == null) {
      start.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
    } else {
      start
          .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
          .startingSequenceNumber(after);
    }
    String iterator = answer(client.getShardIterator(start.build())).shardIterator();
    while (iterator != null) {
      GetRecordsRequest request = GetRecordsRequest.builder().shardIterator(iterator).build();
      GetRecordsResponse page = page(request);
      for (Record record : page.records()) {
        if (!visitor.record(record.partitionKey(), record.approximateArrivalTimestamp())) {
          return;
        }
      }
      Long behind = page.millisBehindLatest();
      boolean atEnd = page.records().isEmpty() && (behind == null || behind == 0);
      iterator = atEnd ? null : page.nextShardIterator();
    }
  }

  /** A shard gives five pages a second to all who read it: asking for more is no fault of it. */
  private GetRecordsResponse page(GetRecordsRequest request)
      throws PutFailedException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return answer(client.getRecords(request));
      } catch (PutFailedException e) {
        if (e.failure().kind() != FailureKind.THROTTLED || attempt == THROTTLED_ATTEMPTS) {
          throw e;
        }
      }
      LockSupport.parkNanos(THROTTLED_PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while a shard was read");
      }
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
