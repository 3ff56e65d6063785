package dev.sluice.common.sink.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.KinesisStream;
import dev.sluice.local.LocalKinesis;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultAction;
import dev.sluice.local.fault.FaultProxy;
import dev.sluice.local.fault.FaultRule;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AwsStreamProbeIT {
  private static final String REGION = "us-east-2";
  private static LocalKinesis kinesis;

  @BeforeAll
  static void start() throws Exception {
    kinesis = LocalKinesis.start();
  }

  @AfterAll
  static void stop() {
    kinesis.close();
  }

  @Test
  void findsInEachOpenShardWhatItHasPutThere() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "probed", 2);
    stream.split(stream.openShards().get(0));
    Instant before = Instant.now().minusSeconds(60);

    try (StreamProbe probe = probe(kinesis.endpoint(), "probed", Duration.ofSeconds(10))) {
      Map<String, String> hashKeys = probe.hashKeys();
      assertThat(hashKeys.keySet())
          .containsExactly("shardId-000000000001", "shardId-000000000002", "shardId-000000000003");
      for (Map.Entry<String, String> each : hashKeys.entrySet()) {
        EntryResult stored =
            probe.put(new StreamEntry(each.getKey().getBytes(UTF_8), "k", each.getValue()));
        assertThat(stored.shardId()).isEqualTo(each.getKey());
        StreamProbe.Found found =
            probe.read(stored.shardId(), stored.sequenceNumber()).orElseThrow();
        assertThat(new String(found.data(), UTF_8)).isEqualTo(each.getKey());
        assertThat(found.arrival()).isBetween(before, Instant.now().plusSeconds(60));
      }
    }
  }

  @Test
  void readsAShardOnFromARecordToItsNewestOne() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "read-on", 1);
    try (StreamProbe probe = probe(kinesis.endpoint(), "read-on", Duration.ofSeconds(10))) {
      List<String> sequences = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        sequences.add(probe.put(new StreamEntry(new byte[1], "k" + i, null)).sequenceNumber());
      }
      stream.split(stream.openShards().get(0));
      String shard = "shardId-000000000000";

      assertThat(probe.shards()).hasSize(3).contains(shard);
      assertThat(keys(probe, shard, null, 9)).containsExactly("k0", "k1", "k2", "k3", "k4");
      assertThat(keys(probe, shard, sequences.get(2), 9)).containsExactly("k3", "k4");
      assertThat(keys(probe, shard, sequences.get(4), 9)).isEmpty();
      assertThat(keys(probe, shard, null, 2)).containsExactly("k0", "k1");
      assertThat(keys(probe, "shardId-000000000001", null, 9)).isEmpty();
    }
  }

  private static List<String> keys(StreamProbe probe, String shard, String after, int most)
      throws Exception {
    List<String> keys = new ArrayList<>();
    probe.readOn(
        shard,
        after,
        (key, arrival) -> {
          keys.add(key);
          return keys.size() < most;
        });
    return keys;
  }

  /** Five pages a second are all that a shard gives, and a shard may have many without records. */
  @Test
  void readsOnMoreSlowlyWhereItIsThrottled() throws Exception {
    kinesis.createStream(REGION, "busy", 1);
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 1);
        StreamProbe probe = probe(proxy.endpoint(), "busy", Duration.ofSeconds(10))) {
      EntryResult stored = probe.put(new StreamEntry(new byte[1], "k", null));
      Fault throttles =
          proxy.add(
              FaultRule.of(
                      FaultAction.answer(400, "ProvisionedThroughputExceededException"),
                      "GetRecords")
                  .atMost(3));

      assertThat(keys(probe, stored.shardId(), null, 1)).containsExactly("k");
      assertThat(throttles.fired()).isEqualTo(3);
    }
  }

  @Test
  void triesNothingAgainAndSaysWhatFailed() throws Exception {
    kinesis.createStream(REGION, "faulty", 1);
    try (FaultProxy proxy = FaultProxy.start(kinesis.endpoint(), 1);
        StreamProbe probe = probe(proxy.endpoint(), "faulty", Duration.ofSeconds(2))) {
      EntryResult stored = probe.put(new StreamEntry(new byte[1], "k", null));
      Fault puts = proxy.add(FaultRule.of(FaultAction.answer(503, "Unavailable"), "PutRecords"));
      Fault gets = proxy.add(FaultRule.of(FaultAction.hang(), "GetRecords"));

      assertThatThrownBy(() -> probe.put(new StreamEntry(new byte[1], "k", null)))
          .isInstanceOfSatisfying(
              PutFailedException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.TRANSIENT));
      assertThatThrownBy(() -> probe.read(stored.shardId(), stored.sequenceNumber()))
          .isInstanceOfSatisfying(
              PutFailedException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.TRANSIENT));
      assertThat(puts.fired()).isEqualTo(1);
      assertThat(gets.fired()).isEqualTo(1);
    }
  }

  @Test
  void aStreamThatIsMissingIsNotTransient() throws Exception {
    try (StreamProbe probe = probe(kinesis.endpoint(), "missing", Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> probe.put(new StreamEntry(new byte[1], "k", null)))
          .isInstanceOfSatisfying(
              PutFailedException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.FATAL));
    }
  }

  private static StreamProbe probe(URI endpoint, String stream, Duration limit) {
    return StreamAddress.of(REGION, stream)
        .at(endpoint.toString())
        .withKeys(LocalKinesis.ACCESS_KEY, LocalKinesis.SECRET_KEY)
        .timeout(limit)
        .probe();
  }
}
