package dev.sluice.replication.failover;

import dev.sluice.replication.PositionCut;
import dev.sluice.replication.PositionStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Copies a stream into another one, some records at a time, and keeps positions in memory. */
final class FakeReplicator {
  private final FakeStream source;
  private final FakeStream target;
  private final Map<String, Integer> read = new HashMap<>();
  private final Deque<PositionCut> cuts = new ArrayDeque<>();
  private long checkpoint;
  boolean running;

  /** How far its clock is behind, and how often it draws a line; null for now and then. */
  Duration behind = Duration.ZERO;

  @Nullable Duration every;
  private long drawnAt = Long.MIN_VALUE;

  /** Stands in the way of everything: no record is copied. */
  boolean stuck;

  FakeReplicator(FakeStream source, FakeStream target) {
    this.source = source;
    this.target = target;
  }

  /** Begins with what arrived at a time, as a job without savepoint does. */
  void startAt(java.time.Instant time) {
    for (String shard : source.shardNames()) {
      int before = 0;
      while (before < source.shard(shard).size()
          && source.shard(shard).get(before).arrival().isBefore(time)) {
        before++;
      }
      read.put(shard, before);
    }
    running = true;
  }

  /** Copies up to so many records of each shard, and draws a line now and then. */
  void work(SplittableRandom random, int most, long now) {
    if (!running || source.down || target.down) {
      return;
    }
    for (String shard : source.shardNames()) {
      int from = read.getOrDefault(shard, 0);
      int to = Math.min(source.shard(shard).size(), from + random.nextInt(most + 1));
      for (FakeStream.Stored record : source.shard(shard).subList(from, stuck ? from : to)) {
        target.store(record.key(), record.text(), null);
      }
      read.put(shard, stuck ? from : to);
    }
    Duration interval = every;
    boolean due =
        interval == null
            ? random.nextInt(3) == 0
            : drawnAt == Long.MIN_VALUE || now - drawnAt >= interval.toMillis();
    if (due) {
      drawnAt = now;
      draw(now - behind.toMillis());
    }
  }

  /** Draws a line as it is now. */
  void draw(long now) {
    Map<String, String> positions = new HashMap<>();
    read.forEach(
        (shard, count) -> {
          if (count > 0) {
            positions.put(shard, Integer.toString(count));
          }
        });
    cuts.addFirst(new PositionCut(++checkpoint, now, 0, positions, Map.of()));
    if (!behind.isZero()) {
      List<PositionCut> sorted = new ArrayList<>(cuts);
      sorted.sort(Comparator.comparingLong(PositionCut::time).reversed());
      cuts.clear();
      cuts.addAll(sorted);
    }
  }

  boolean isAtEnd() {
    return source.shardNames().stream()
        .allMatch(shard -> read.getOrDefault(shard, 0) == source.shard(shard).size());
  }

  /** Its positions, each look told before. */
  PositionStore.Factory positions(Runnable before) {
    return () ->
        new PositionStore() {
          @Override
          public void append(PositionCut cut) {
            throw new UnsupportedOperationException("A controller keeps no positions");
          }

          @Override
          public Iterator<PositionCut> newestFirst() throws IOException {
            before.run();
            return cuts.iterator();
          }

          @Override
          public void close() {}
        };
  }
}
