package dev.sluice.common.sink.kinesis;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
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

/**
 * A reader by GetRecords that slows down when it is throttled; it shares the limits of a shard with
 * the stream's other readers.
 */
final class AwsStreamReader implements StreamReader {
  private static final int ATTEMPTS = 8;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final KinesisAsyncClient client;
  private final Runnable closing;
  private final String stream;

  AwsStreamReader(KinesisAsyncClient client, Runnable closing, String stream) {
    this.client = client;
    this.closing = closing;
    this.stream = stream;
  }

  @Override
  public List<String> shards() throws IOException, InterruptedException {
    List<String> shards = new ArrayList<>();
    ListShardsRequest request = ListShardsRequest.builder().streamName(stream).build();
    while (true) {
      ListShardsRequest page = request;
      ListShardsResponse response = answer(() -> client.listShards(page));
      response.shards().stream().map(Shard::shardId).forEach(shards::add);
      if (response.nextToken() == null) {
        return shards;
      }
      request = ListShardsRequest.builder().nextToken(response.nextToken()).build();
    }
  }

  @Override
  public void read(String shard, Instant from, Instant to, Visitor visitor)
      throws IOException, InterruptedException {
    GetShardIteratorRequest start =
        GetShardIteratorRequest.builder()
            .streamName(stream)
            .shardId(shard)
            .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
            .timestamp(from)
            .build();
    GetShardIteratorResponse begin = answer(() -> client.getShardIterator(start));
    String iterator = begin.shardIterator();
    while (iterator != null) {
      GetRecordsRequest request = GetRecordsRequest.builder().shardIterator(iterator).build();
      GetRecordsResponse page = answer(() -> client.getRecords(request));
      for (Record record : page.records()) {
        Instant arrival = record.approximateArrivalTimestamp();
        if (!arrival.isBefore(to)) {
          return;
        }
        visitor.record(record.data().asByteArray(), record.partitionKey(), arrival);
      }
      Long behind = page.millisBehindLatest();
      boolean atEnd = page.records().isEmpty() && (behind == null || behind == 0);
      iterator = atEnd ? null : page.nextShardIterator();
    }
  }

  private static <R> R answer(Supplier<CompletableFuture<R>> call)
      throws IOException, InterruptedException {
    long pause = FIRST_PAUSE_NANOS;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get().get();
      } catch (ExecutionException e) {
        Throwable failure = AwsStreamClient.failed(e.getCause());
        if (attempt == ATTEMPTS || !mayPass(failure)) {
          throw new IOException("Cannot read the stream: " + failure, e);
        }
      }
      LockSupport.parkNanos(pause);
      if (Thread.interrupted()) {
        throw new InterruptedIOException("Interrupted while a stream was read");
      }
      pause *= 2;
    }
  }

  private static boolean mayPass(@Nullable Throwable failure) {
    if (!(failure instanceof PutFailedException)) {
      return false;
    }
    FailureKind kind = ((PutFailedException) failure).failure().kind();
    return kind == FailureKind.THROTTLED || kind == FailureKind.TRANSIENT;
  }

  @Override
  public void close() {
    closing.run();
  }
}
