package dev.sluice.benchmarks.replication;

import dev.sluice.common.sink.kinesis.StreamEntry;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What is copied: a backlog that is there at the start, and then records at a fixed rate.
 *
 * @param title in tables
 * @param size of a record, in bytes
 * @param failing share of the entries of PutRecords that the target refuses once
 * @param backlog records
 * @param warmUp the first of them, which do not count
 * @param perSecond records a second behind the backlog
 * @param seconds for so long
 */
record Load(
    String title,
    int size,
    double failing,
    int backlog,
    int warmUp,
    int perSecond,
    int seconds,
    long seed) {
  static final int KEYS = 1_000;

  /** All, those at a fixed rate included. */
  int all() {
    return backlog + perSecond * seconds;
  }

  /** Bytes of chance, but for the number in front. */
  StreamEntry entry(int index) {
    byte[] data = new byte[size];
    SplittableRandom random = new SplittableRandom(seed + index);
    String key = "key-" + random.nextInt(KEYS);
    random.nextBytes(data);
    ByteBuffer.wrap(data).putInt(0, index);
    return new StreamEntry(data, key, null);
  }

  static int index(byte[] data) {
    return ByteBuffer.wrap(data).getInt(0);
  }
}
