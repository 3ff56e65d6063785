package dev.sluice.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A stream of a local server: puts records, reads all of them, splits and merges shards.
 *
 * <p>A client for tests and demonstrations: no signature, no retry, no throttling, all records in
 * memory. Thread-safe.
 */
public final class KinesisStream {
  private static final Duration ACTIVE_LIMIT = Duration.ofSeconds(60);
  private static final String GONE = "gone";
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  /** Limits of one PutRecords request, with room for the rest of the request. */
  private static final int PUT_RECORDS = 500;

  private static final int PUT_BYTES = 4_000_000;
  private static final int READ_RECORDS = 10_000;

  private final KinesisApi api;
  private final String name;

  private KinesisStream(KinesisApi api, String name) {
    this.api = api;
    this.name = name;
  }

  /** Creates the stream and waits until it is active. */
  public static KinesisStream create(URI endpoint, String region, String name, int shards)
      throws IOException, InterruptedException {
    KinesisStream stream = of(endpoint, region, name);
    stream.api.call("CreateStream", stream.request().put("ShardCount", shards));
    stream.awaitActive();
    return stream;
  }

  /** A stream that is there; nothing is asked of the server yet. */
  public static KinesisStream of(URI endpoint, String region, String name) {
    return new KinesisStream(new KinesisApi(endpoint, region), name);
  }

  public String name() {
    return name;
  }

  /** {@code arn:aws:kinesis:REGION:ACCOUNT:stream/NAME}. */
  public String arn() throws IOException, InterruptedException {
    return summary().path("StreamARN").asText();
  }

  /** Puts one record. */
  public KinesisPosition put(String partitionKey, byte[] data)
      throws IOException, InterruptedException {
    return put(KinesisPut.of(partitionKey, data));
  }

  /** Puts one record with PutRecord. */
  public KinesisPosition put(KinesisPut put) throws IOException, InterruptedException {
    ObjectNode request = request();
    fill(request, put);
    return position(api.call("PutRecord", request));
  }

  /**
   * Puts records with as few PutRecords requests as their limits allow.
   *
   * @return their positions, in the order of the puts
   * @throws KinesisException if the server refuses a request or a record; records before may have
   *     been taken
   */
  public List<KinesisPosition> putAll(List<KinesisPut> puts)
      throws IOException, InterruptedException {
    List<KinesisPosition> positions = new ArrayList<>();
    int next = 0;
    while (next < puts.size()) {
      ObjectNode request = request();
      ArrayNode records = request.putArray("Records");
      int bytes = 0;
      while (next < puts.size() && records.size() < PUT_RECORDS) {
        bytes += puts.get(next).data().length;
        if (bytes > PUT_BYTES && !records.isEmpty()) {
          break;
        }
        fill(records.addObject(), puts.get(next++));
      }
      for (JsonNode result : api.call("PutRecords", request).path("Records")) {
        if (result.hasNonNull("ErrorCode")) {
          throw new KinesisException(
              "PutRecords",
              200,
              result.path("ErrorCode").asText(),
              result.path("ErrorMessage").asText());
        }
        positions.add(position(result));
      }
    }
    return positions;
  }

  /** All records, those of each shard in order. */
  public List<KinesisRecord> records() throws IOException, InterruptedException {
    List<KinesisRecord> records = new ArrayList<>();
    for (KinesisShard shard : shards()) {
      records.addAll(records(shard.id()));
    }
    return records;
  }

  /** The records of a shard, in order, up to the newest one that is there now. */
  public List<KinesisRecord> records(String shard) throws IOException, InterruptedException {
    List<KinesisRecord> records = new ArrayList<>();
    ObjectNode request = request().put("ShardId", shard).put("ShardIteratorType", "TRIM_HORIZON");
    JsonNode iterator = api.call("GetShardIterator", request).path("ShardIterator");
    while (iterator.isTextual()) {
      ObjectNode read =
          KinesisApi.object().put("ShardIterator", iterator.asText()).put("Limit", READ_RECORDS);
      JsonNode page = api.call("GetRecords", read);
      page.path("Records").forEach(record -> records.add(record(shard, record)));
      boolean atEnd =
          page.path("Records").isEmpty() && page.path("MillisBehindLatest").asLong() == 0;
      iterator = atEnd ? KinesisApi.object().path("none") : page.path("NextShardIterator");
    }
    return records;
  }

  /** All shards, closed ones too, in the order in which they came to be. */
  public List<KinesisShard> shards() throws IOException, InterruptedException {
    List<KinesisShard> shards = new ArrayList<>();
    ObjectNode request = request();
    while (true) {
      JsonNode page = api.call("ListShards", request);
      page.path("Shards").forEach(shard -> shards.add(shard(shard)));
      if (!page.hasNonNull("NextToken")) {
        return shards;
      }
      request = KinesisApi.object().put("NextToken", page.path("NextToken").asText());
    }
  }

  /** The shards that take records, by hash range. */
  public List<KinesisShard> openShards() throws IOException, InterruptedException {
    return shards().stream()
        .filter(shard -> shard.state() == KinesisShard.State.OPEN)
        .sorted((one, other) -> one.firstHash().compareTo(other.firstHash()))
        .collect(Collectors.toList());
  }

  /** Splits a shard in the middle of its range and waits until the stream is active again. */
  public void split(KinesisShard shard) throws IOException, InterruptedException {
    api.call(
        "SplitShard",
        request()
            .put("ShardToSplit", shard.id())
            .put("NewStartingHashKey", shard.middle().toString()));
    awaitActive();
  }

  /** Merges two shards, neighbours by hash range, and waits until the stream is active again. */
  public void merge(KinesisShard shard, KinesisShard neighbour)
      throws IOException, InterruptedException {
    api.call(
        "MergeShards",
        request().put("ShardToMerge", shard.id()).put("AdjacentShardToMerge", neighbour.id()));
    awaitActive();
  }

  /**
   * ARNs of the consumers of enhanced fan-out that are registered, in any state. An ARN holds the
   * time of its registration, so that one that was registered anew has another.
   */
  public List<String> consumers() throws IOException, InterruptedException {
    List<String> arns = new ArrayList<>();
    JsonNode page = api.call("ListStreamConsumers", KinesisApi.object().put("StreamARN", arn()));
    page.path("Consumers").forEach(each -> arns.add(each.path("ConsumerARN").asText()));
    return arns;
  }

  /** Deletes the stream with its consumers, and waits until it is gone. */
  public void delete() throws IOException, InterruptedException {
    api.call("DeleteStream", request().put("EnforceConsumerDeletion", true));
    await(GONE);
  }

  private void awaitActive() throws IOException, InterruptedException {
    await("ACTIVE");
  }

  private void await(String wanted) throws IOException, InterruptedException {
    long end = System.nanoTime() + ACTIVE_LIMIT.toNanos();
    String status = status();
    while (!status.equals(wanted)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Stream '" + name + "' is still " + status);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while stream '" + name + "' was " + status);
      }
      status = status();
    }
  }

  private String status() throws IOException, InterruptedException {
    try {
      return summary().path("StreamStatus").asText();
    } catch (KinesisException e) {
      if (e.type().equals("ResourceNotFoundException")) {
        return GONE;
      }
      throw e;
    }
  }

  private JsonNode summary() throws IOException, InterruptedException {
    return api.call("DescribeStreamSummary", request()).path("StreamDescriptionSummary");
  }

  private ObjectNode request() {
    return KinesisApi.object().put("StreamName", name);
  }

  private static void fill(ObjectNode request, KinesisPut put) {
    request.put("PartitionKey", put.partitionKey());
    request.put("Data", Base64.getEncoder().encodeToString(put.data()));
    put.hashKey().ifPresent(hash -> request.put("ExplicitHashKey", hash.toString()));
  }

  private static KinesisPosition position(JsonNode result) {
    return new KinesisPosition(
        result.path("ShardId").asText(), result.path("SequenceNumber").asText());
  }

  private static KinesisRecord record(String shard, JsonNode record) {
    BigDecimal seconds = record.path("ApproximateArrivalTimestamp").decimalValue();
    return new KinesisRecord(
        new KinesisPosition(shard, record.path("SequenceNumber").asText()),
        record.path("PartitionKey").asText(),
        Base64.getDecoder().decode(record.path("Data").asText()),
        Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
  }

  private static KinesisShard shard(JsonNode shard) {
    JsonNode range = shard.path("HashKeyRange");
    return new KinesisShard(
        shard.path("ShardId").asText(),
        new BigInteger(range.path("StartingHashKey").asText()),
        new BigInteger(range.path("EndingHashKey").asText()),
        Arrays.asList("ParentShardId", "AdjacentParentShardId").stream()
            .filter(shard::hasNonNull)
            .map(parent -> shard.path(parent).asText())
            .collect(Collectors.toList()),
        shard.path("SequenceNumberRange").hasNonNull("EndingSequenceNumber")
            ? KinesisShard.State.CLOSED
            : KinesisShard.State.OPEN);
  }
}
