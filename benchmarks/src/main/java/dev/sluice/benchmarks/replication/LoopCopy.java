package dev.sluice.benchmarks.replication;

import dev.sluice.benchmarks.measure.Patience;
import dev.sluice.local.LocalKinesis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.Protocol;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.regions.Region;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The limit: a thread for each shard reads, puts in the largest requests, some of them at a time,
 * and puts again what failed. No order, no position, no restart.
 */
final class LoopCopy implements Copy {
  private static final int LARGEST_READ = 10_000;
  private static final int LARGEST_PUT = 500;
  private static final int LARGEST_BYTES = Streams.REQUEST_BYTES;
  private static final int AT_A_TIME = 2;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Streams streams;
  private final KinesisAsyncClient source;
  private final KinesisAsyncClient target;
  private final LongAdder done = new LongAdder();

  LoopCopy(Streams streams) {
    this.streams = streams;
    this.source = client(Streams.SOURCE_REGION, streams.sourceEndpoint());
    this.target = client(Streams.TARGET_REGION, streams.targetEndpoint());
  }

  private static KinesisAsyncClient client(String region, String endpoint) {
    return KinesisAsyncClient.builder()
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP1_1)
                .readTimeout(LIMIT)
                .writeTimeout(LIMIT))
        .region(Region.of(region))
        .endpointOverride(URI.create(endpoint))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY)))
        .build();
  }

  @Override
  public void run() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> copies = new ArrayList<>();
    for (var shard : source.listShards(r -> r.streamName(Streams.NAME)).get().shards()) {
      copies.add(
          threads.submit(
              () -> {
                copy(shard.shardId());
                return null;
              }));
    }
    for (Future<?> copy : copies) {
      copy.get();
    }
  }

  private void copy(String shard) throws Exception {
    String iterator =
        source
            .getShardIterator(
                r ->
                    r.streamName(Streams.NAME)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .get()
            .shardIterator();
    while (iterator != null) {
      long begin = System.nanoTime();
      String at = iterator;
      GetRecordsResponse page =
          source.getRecords(r -> r.shardIterator(at).limit(LARGEST_READ)).get();
      put(page.records());
      iterator = page.nextShardIterator();
      Patience.at(begin + TimeUnit.MILLISECONDS.toNanos(streams.pollMillis()));
    }
  }

  private void put(List<Record> records) throws Exception {
    Deque<PutRecordsRequestEntry> waiting = new ArrayDeque<>(records.size());
    for (Record record : records) {
      waiting.add(
          PutRecordsRequestEntry.builder()
              .data(record.data())
              .partitionKey(record.partitionKey())
              .build());
    }
    Deque<Put> underWay = new ArrayDeque<>();
    while (!waiting.isEmpty() || !underWay.isEmpty()) {
      if (waiting.isEmpty() || underWay.size() == AT_A_TIME) {
        waiting.addAll(underWay.remove().failed(done));
      } else {
        List<PutRecordsRequestEntry> next = next(waiting);
        underWay.add(
            new Put(next, target.putRecords(r -> r.streamName(Streams.NAME).records(next))));
      }
    }
  }

  private static List<PutRecordsRequestEntry> next(Deque<PutRecordsRequestEntry> waiting) {
    List<PutRecordsRequestEntry> next = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty() && next.size() < LARGEST_PUT) {
      bytes += waiting.element().data().asByteArrayUnsafe().length;
      if (bytes > LARGEST_BYTES && !next.isEmpty()) {
        break;
      }
      next.add(waiting.remove());
    }
    return next;
  }

  @Override
  public long done() {
    return done.sum();
  }

  private record Put(
      List<PutRecordsRequestEntry> entries, CompletableFuture<PutRecordsResponse> answer) {
    List<PutRecordsRequestEntry> failed(LongAdder stored) throws Exception {
      List<PutRecordsRequestEntry> failed = new ArrayList<>();
      var results = answer.get().records();
      for (int i = 0; i < entries.size(); i++) {
        if (results.get(i).errorCode() != null) {
          failed.add(entries.get(i));
        }
      }
      stored.add(entries.size() - failed.size());
      return failed;
    }
  }
}
