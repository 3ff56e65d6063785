package dev.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client, against the server. */
class KinesisStreamIT {
  private static final String REGION = "us-west-2";
  private static final BigInteger LAST_HASH =
      BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

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
  void keepsBytesKeyTimeAndOrderOfOneKey() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "kept", 2);
    byte[] binary = new byte[256];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) i;
    }
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    KinesisPosition first = stream.put("schlüssel", binary);
    KinesisPosition second = stream.put("schlüssel", new byte[] {1});

    List<KinesisRecord> records = stream.records(first.shard());
    assertThat(records).extracting(KinesisRecord::position).containsExactly(first, second);
    assertThat(records.get(0).data()).isEqualTo(binary);
    assertThat(records.get(0).partitionKey()).isEqualTo("schlüssel");
    assertThat(records.get(0).arrival()).isBetween(before, Instant.now());
    assertThat(stream.records()).hasSize(2);
  }

  @Test
  void putsToTheShardOfTheHashKey() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "hashed", 2);
    List<KinesisShard> shards = stream.openShards();

    KinesisPosition low = stream.put(KinesisPut.of("k", new byte[1]).withHashKey(BigInteger.ZERO));
    KinesisPosition high = stream.put(KinesisPut.of("k", new byte[1]).withHashKey(LAST_HASH));

    assertThat(low.shard()).isEqualTo(shards.get(0).id());
    assertThat(high.shard()).isEqualTo(shards.get(1).id());
  }

  @Test
  void putsMoreThanOneRequestTakes() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "many", 2);
    List<KinesisPut> puts =
        IntStream.range(0, 1234)
            .mapToObj(i -> KinesisPut.of("k" + i, Integer.toString(i).getBytes(UTF_8)))
            .collect(Collectors.toCollection(ArrayList::new));
    IntStream.range(0, 5).forEach(i -> puts.add(KinesisPut.of("large" + i, new byte[900_000])));

    List<KinesisPosition> positions = stream.putAll(puts);

    assertThat(positions).hasSize(1239).doesNotHaveDuplicates();
    assertThat(stream.records())
        .extracting(KinesisRecord::position)
        .containsExactlyInAnyOrderElementsOf(positions);
  }

  @Test
  void splitsAndMergesAndReadsClosedShards() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "resharded", 1);
    stream.put("a", new byte[] {1});

    stream.split(stream.openShards().get(0));
    List<KinesisShard> halves = stream.openShards();
    stream.put("a", new byte[] {2});
    stream.merge(halves.get(0), halves.get(1));
    stream.put("a", new byte[] {3});

    assertThat(halves).hasSize(2);
    assertThat(halves.get(0).firstHash()).isZero();
    assertThat(halves.get(1).firstHash()).isEqualTo(BigInteger.ONE.shiftLeft(127));
    assertThat(halves.get(1).lastHash()).isEqualTo(LAST_HASH);
    assertThat(stream.openShards()).hasSize(1);
    assertThat(stream.openShards().get(0).parents())
        .containsExactlyInAnyOrder(halves.get(0).id(), halves.get(1).id());
    assertThat(stream.shards())
        .extracting(KinesisShard::state)
        .containsExactly(
            KinesisShard.State.CLOSED,
            KinesisShard.State.CLOSED,
            KinesisShard.State.CLOSED,
            KinesisShard.State.OPEN);
    assertThat(stream.records())
        .extracting(record -> (int) record.data()[0])
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void tellsRegionsApart() throws Exception {
    KinesisStream west = kinesis.createStream("us-west-2", "regional", 1);
    KinesisStream east = kinesis.createStream("us-east-2", "regional", 1);

    west.put("k", new byte[] {1});

    assertThat(west.records()).hasSize(1);
    assertThat(east.records()).isEmpty();
    assertThat(east.arn()).contains(":us-east-2:").endsWith(":stream/regional");
  }

  @Test
  void takesManyRecordsIntoOneShard() throws Exception {
    KinesisStream stream = kinesis.createStream(REGION, "full", 1);
    List<KinesisPut> puts =
        IntStream.range(0, 10_000)
            .mapToObj(i -> KinesisPut.of("k" + i, new byte[100]))
            .collect(Collectors.toList());

    // Without its patch the server hashes all records that lie there for each one that comes.
    stream.putAll(puts);

    assertThat(stream.records()).hasSize(10_000);
  }

  @Test
  void saysWhatTheServerRefuses() {
    KinesisStream none = KinesisStream.of(kinesis.endpoint(), REGION, "none");

    assertThatThrownBy(() -> none.put("k", new byte[1]))
        .isInstanceOf(KinesisException.class)
        .hasMessageContaining("PutRecord was answered with 400 'ResourceNotFoundException'")
        .satisfies(e -> assertThat(((KinesisException) e).status()).isEqualTo(400))
        .satisfies(
            e -> assertThat(((KinesisException) e).type()).isEqualTo("ResourceNotFoundException"));
  }
}
