package dev.sluice.benchmarks.replication;

import dev.sluice.common.sink.kinesis.StreamAddress;
import dev.sluice.common.sink.kinesis.StreamReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The numbers of the records in a stream, with the time when each arrived first. */
final class Records {
  private static final long NEVER = -1;

  private final long[] arrivals;
  private final Map<String, Integer> latestOfKey = new HashMap<>();
  private final Set<String> reordered = new HashSet<>();
  private long repeated;

  Records(int all) {
    this.arrivals = new long[all];
    Arrays.fill(arrivals, NEVER);
  }

  /**
   * Reads a stream; a key is always in the same shard.
   *
   * @param all numbers are below
   * @param from records that arrived before are left out
   */
  static Records read(StreamAddress stream, int all, Instant from)
      throws IOException, InterruptedException {
    Records records = new Records(all);
    try (StreamReader reader = stream.reader()) {
      for (String shard : reader.shards()) {
        reader.read(
            shard,
            from,
            Instant.now().plusSeconds(60),
            (data, key, arrival) -> records.add(Load.index(data), key, arrival.toEpochMilli()));
      }
    }
    return records;
  }

  void add(int index, String key, long arrival) {
    if (arrivals[index] != NEVER) {
      repeated++;
      return;
    }
    arrivals[index] = arrival;
    Integer latest = latestOfKey.get(key);
    if (latest != null && latest > index) {
      reordered.add(key);
    } else {
      latestOfKey.put(key, index);
    }
  }

  boolean has(int index) {
    return arrivals[index] != NEVER;
  }

  /** Milliseconds since 1970. */
  long arrival(int index) {
    return arrivals[index];
  }

  /** Those below a number that are there, in the order of time. */
  long[] arrivalsBelow(int index) {
    return Arrays.stream(arrivals, 0, index).filter(time -> time != NEVER).sorted().toArray();
  }

  long missing() {
    return Arrays.stream(arrivals).filter(time -> time == NEVER).count();
  }

  long repeated() {
    return repeated;
  }

  long reorderedKeys() {
    return reordered.size();
  }
}
