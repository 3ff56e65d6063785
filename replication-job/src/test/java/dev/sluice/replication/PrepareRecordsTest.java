package dev.sluice.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.streaming.util.ProcessFunctionTestHarnesses.forProcessFunction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.common.record.KplUserRecord;
import dev.sluice.local.KinesisPut;
import dev.sluice.local.KplRecord;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrepareRecordsTest {
  private static final BigInteger HASH = BigInteger.valueOf(12_345);

  private final byte[] aggregate =
      KplRecord.of(
              List.of(
                  KinesisPut.of("ä", "one".getBytes(UTF_8)),
                  KinesisPut.of("b", "two".getBytes(UTF_8)).withHashKey(HASH),
                  KinesisPut.of("ä", new byte[0])))
          .data();

  @Test
  void takesAnAggregateApartWithTheKeysOfItsRecords() throws Exception {
    List<ReplicatedRecord> records = prepared(AggregateHandling.TAKE_APART, aggregate);

    assertThat(records)
        .containsExactly(
            new ReplicatedRecord("one".getBytes(UTF_8), "ä", null, "shard", "7", 0, 5L),
            new ReplicatedRecord("two".getBytes(UTF_8), "b", "12345", "shard", "7", 1, 5L),
            new ReplicatedRecord(new byte[0], "ä", null, "shard", "7", 2, 5L));
  }

  @Test
  void passesAnAggregateThroughToWhereItsFirstRecordBelongs() throws Exception {
    List<ReplicatedRecord> records = prepared(AggregateHandling.PASS_THROUGH, aggregate);

    assertThat(records)
        .containsExactly(
            new ReplicatedRecord(
                aggregate, "outer", KplUserRecord.hashOf("ä"), "shard", "7", -1, 5L));
  }

  @Test
  void leavesWhatIsNoAggregateAlone() throws Exception {
    byte[] broken = aggregate.clone();
    broken[broken.length - 1]++; // the checksum
    for (AggregateHandling handling : AggregateHandling.values()) {
      for (byte[] data : List.of(new byte[0], "plain".getBytes(UTF_8), broken)) {
        assertThat(prepared(handling, data))
            .containsExactly(new ReplicatedRecord(data, "outer", null, "shard", "7", -1, 5L));
      }
    }
  }

  @Test
  void anAggregateThatBreaksItsFormatIsADeadLetterOrPassedThrough() throws Exception {
    byte[] malformed = withChecksum(new byte[] {0x1a, 0x05, 0x08});
    byte[] empty = withChecksum(new byte[0]);
    for (byte[] data : List.of(malformed, empty)) {
      try (var harness = forProcessFunction(new PrepareRecords(AggregateHandling.TAKE_APART))) {
        harness.processElement(record(data), 0L);

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.getSideOutput(PrepareRecords.REJECTED))
            .singleElement()
            .satisfies(
                letter -> {
                  assertThat(letter.getValue().errorCode).isEqualTo("malformed-aggregate");
                  assertThat(letter.getValue().rawData).isEqualTo(data);
                  assertThat(letter.getValue().source).isEqualTo("shard/7");
                });
      }
      assertThat(prepared(AggregateHandling.PASS_THROUGH, data)).hasSize(1);
    }
  }

  private static List<ReplicatedRecord> prepared(AggregateHandling handling, byte[] data)
      throws Exception {
    try (var harness = forProcessFunction(new PrepareRecords(handling))) {
      harness.processElement(record(data), 0L);
      return harness.extractOutputValues();
    }
  }

  private static ReplicatedRecord record(byte[] data) {
    return new ReplicatedRecord(data, "outer", null, "shard", "7", -1, 5L);
  }

  private static byte[] withChecksum(byte[] message) throws Exception {
    byte[] digest = MessageDigest.getInstance("MD5").digest(message);
    byte[] all = new byte[4 + message.length + digest.length];
    System.arraycopy(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2}, 0, all, 0, 4);
    System.arraycopy(message, 0, all, 4, message.length);
    System.arraycopy(digest, 0, all, 4 + message.length, digest.length);
    return all;
  }
}
