package dev.sluice.replication.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.local.KinesisRecord;
import dev.sluice.replication.Heartbeat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The ticks that a stream holds, read past the proxy by a client that no job uses. */
final class StreamContents {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Arrival of the first copy by number of the tick; 0 for none. */
  private final long[] firstArrivals;

  private final RecordVersion[] versions;
  private final Map<String, List<Integer>> firstCopies = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();
  private long repeated;

  StreamContents(int ticks) {
    firstArrivals = new long[ticks];
    versions = new RecordVersion[ticks];
  }

  /**
   * Sorts what was read.
   *
   * @param records all of a stream; those of a shard in order
   * @param ticks how many were sent
   */
  static StreamContents of(List<KinesisRecord> records, int ticks) {
    StreamContents contents = new StreamContents(ticks);
    records.forEach(r -> contents.add(r.partitionKey(), r.data(), r.arrival().toEpochMilli()));
    return contents;
  }

  void add(String key, byte[] data, long arrival) {
    if (key.startsWith(Heartbeat.KEY_PREFIX)) {
      return;
    }
    Optional<StampedRecord> stamped = StampedRecord.parse(data);
    int number = stamped.map(stamp -> number(stamp.payload())).orElse(-1);
    if (number < 0 || number >= firstArrivals.length) {
      strangers.add("a record of key '" + key + "' with " + data.length + " bytes");
      return;
    }
    if (firstArrivals[number] != 0) {
      repeated++;
      return;
    }
    firstArrivals[number] = arrival;
    versions[number] = stamped.get().version();
    firstCopies.computeIfAbsent(key, first -> new ArrayList<>()).add(number);
  }

  private static int number(byte[] payload) {
    try {
      return JSON.readTree(payload).path("number").asInt(-1);
    } catch (IOException e) {
      return -1; // a stranger
    }
  }

  /** Whether it holds the tick with this version, and so with the bytes that the producer sent. */
  boolean holds(Tick tick, RecordVersion version) {
    return version.equals(versions[tick.number]);
  }

  /** In milliseconds since the epoch, by the clock of the stream; 0 if there is none. */
  long firstArrival(int number) {
    return firstArrivals[number];
  }

  /** Copies beyond the first. */
  long repeated() {
    return repeated;
  }

  /** Records that are none of the drill's. */
  List<String> strangers() {
    return strangers;
  }

  /**
   * Of some of the ticks those whose first copy lies behind that of a younger one of its key.
   *
   * @param some which numbers are looked at
   */
  int outOfOrder(IntPredicate some) {
    int count = 0;
    for (List<Integer> numbers : firstCopies.values()) {
      int greatest = -1;
      for (int number : numbers) {
        if (some.test(number)) {
          count += number < greatest ? 1 : 0;
          greatest = Math.max(greatest, number);
        }
      }
    }
    return count;
  }

  /** How many ticks were sent, held or not. */
  int size() {
    return firstArrivals.length;
  }
}
