package dev.sluice.replication.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.common.sink.kinesis.EntryResult;
import dev.sluice.common.sink.kinesis.FailureKind;
import dev.sluice.common.sink.kinesis.PutFailedException;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.sink.kinesis.StreamProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream of two shards in memory, which can be away. Sequence numbers count from 1. */
final class FakeStream {
  private final Map<String, List<Stored>> shards = new TreeMap<>();
  private final Supplier<Instant> clock;
  boolean down;

  /** Code with which it refuses everything; null if it does not. */
  @Nullable String refusal;

  FakeStream(Supplier<Instant> clock) {
    this.clock = clock;
    shards.put("s0", new ArrayList<>());
    shards.put("s1", new ArrayList<>());
  }

  record Stored(String key, String text, Instant arrival) {
    boolean isOwn() {
      return key.startsWith("sluice-heartbeat-");
    }
  }

  List<Stored> shard(String shard) {
    return shards.get(shard);
  }

  List<String> shardNames() {
    return List.copyOf(shards.keySet());
  }

  /** Everybody's records, without heartbeats, shard by shard. */
  List<Stored> records() {
    return shards.values().stream().flatMap(List::stream).filter(r -> !r.isOwn()).toList();
  }

  /** Stores a record, in the shard of its key unless a hash key says another one. */
  EntryResult store(String key, String text, @Nullable String hashKey) {
    String shard = "s" + (hashKey == null ? Math.floorMod(key.hashCode(), 2) : hashKey);
    List<Stored> records = shards.get(shard);
    records.add(new Stored(key, text, clock.get()));
    return EntryResult.stored(shard, Integer.toString(records.size()));
  }

  /** A way to this stream, on which each call is told before and after. */
  StreamProbe probe(Runnable before, Runnable after) {
    return new Probe(before, after);
  }

  private final class Probe implements StreamProbe {
    private final Runnable before;
    private final Runnable afterwards;

    private Probe(Runnable before, Runnable afterwards) {
      this.before = before;
      this.afterwards = afterwards;
    }

    @Override
    public EntryResult put(StreamEntry entry) throws PutFailedException {
      enter();
      EntryResult stored =
          store(entry.partitionKey(), new String(entry.data(), UTF_8), entry.explicitHashKey());
      afterwards.run();
      return stored;
    }

    @Override
    public Optional<Found> read(String shard, String sequenceNumber) throws PutFailedException {
      enter();
      Stored stored = shard(shard).get(Integer.parseInt(sequenceNumber) - 1);
      return Optional.of(new Found(stored.text.getBytes(UTF_8), stored.arrival));
    }

    @Override
    public Map<String, String> hashKeys() throws PutFailedException {
      enter();
      return Map.of("s0", "0", "s1", "1");
    }

    @Override
    public List<String> shards() throws PutFailedException {
      enter();
      return shardNames();
    }

    @Override
    public void readOn(String shard, @Nullable String after, Visitor visitor)
        throws PutFailedException {
      enter();
      int from = after == null ? 0 : Integer.parseInt(after);
      for (Stored stored : shard(shard).subList(from, shard(shard).size())) {
        if (!visitor.record(stored.key, stored.arrival)) {
          return;
        }
      }
    }

    private void enter() throws PutFailedException {
      before.run();
      String code = refusal;
      if (code != null) {
        throw new PutFailedException(new PutFailure(FailureKind.FATAL, code, "No"), null);
      }
      if (down) {
        throw new PutFailedException(new PutFailure(FailureKind.TRANSIENT, "Down", "away"), null);
      }
    }

    @Override
    public void close() {}
  }
}
