package dev.sluice.replication;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.source.generated.RecordGenerator;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Records that the job itself writes into the source, to find them again in the target. */
public final class Heartbeat {
  /** As many hash keys, evenly spaced, so that any shard of a usual stream has one. */
  static final int LANES = 16;

  /** Of keys that are nobody's records: those of canaries and markers begin so, too. */
  public static final String KEY_PREFIX = "sluice-heartbeat-";

  private static final BigInteger HASH_KEYS = BigInteger.ONE.shiftLeft(128);

  private Heartbeat() {}

  /** One after the other the lanes; they have no time yet. */
  static RecordGenerator lanes() {
    return index -> new RawRecord(new byte[0], 0L, KEY_PREFIX + index % LANES);
  }

  /** A heartbeat of a lane as it goes into the source. */
  static StreamEntry entry(RawRecord lane, long now) {
    return new StreamEntry(
        Long.toString(now).getBytes(StandardCharsets.US_ASCII), lane.source, hashKey(lane.source));
  }

  /** Decimal, the middle of the lane that the partition key names. */
  private static String hashKey(String partitionKey) {
    long lane = Long.parseLong(partitionKey.substring(KEY_PREFIX.length()));
    return HASH_KEYS
        .multiply(BigInteger.valueOf(2 * lane + 1))
        .divide(BigInteger.valueOf(2L * LANES))
        .toString();
  }

  /** When it was made, in milliseconds since the epoch; 0 if the record is none. */
  static long beatAt(ReplicatedRecord record) {
    if (!record.partitionKey.startsWith(KEY_PREFIX)) {
      return 0;
    }
    String text = new String(record.data, StandardCharsets.US_ASCII);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
