package dev.sluice.replication;

import dev.sluice.common.record.KplAggregate;
import dev.sluice.common.record.KplUserRecord;
import dev.sluice.common.record.MalformedAggregateException;
import dev.sluice.common.record.StampedRecord;
import dev.sluice.common.sink.kinesis.StreamReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares what arrived in the source in a span of time with the target, window by window.
 *
 * <p>A record is its partition key and its bytes; aggregates are taken apart on both sides. A
 * record of the target belongs to the window of its twin in the source, whenever it arrived, so lag
 * makes no difference; one without a twin is unexpected in the window of its own arrival, if that
 * lies so far inside of the span that its twin must, too. Heartbeats, canaries and markers are
 * nobody's records, of which each stream has its own: they are skipped.
 *
 * <p>Of two equal records in the source the target must have two, unless they carry a version
 * ({@link StampedRecord}): then the second one is a copy, and counted as repeated.
 *
 * <p>Memory: about 100 bytes for each record of the source in the span. Not thread-safe.
 */
final class AuditStreams {
  private final StreamReader source;
  private final StreamReader target;
  private final Span span;
  private final Map<RecordHash, List<Twin>> twins = new HashMap<>();
  private final TreeMap<Instant, AuditWindow> windows = new TreeMap<>();

  AuditStreams(StreamReader source, StreamReader target, Span span) {
    this.source = source;
    this.target = target;
    this.span = span;
  }

  /** The windows that hold records, by time. */
  List<AuditWindow> compare() throws IOException, InterruptedException {
    for (String shard : source.shards()) {
      source.read(shard, span.from, span.to, each(this::expect));
    }
    for (String shard : target.shards()) {
      target.read(shard, span.from.minus(span.lag), span.to.plus(span.lag), each(this::find));
    }
    return new ArrayList<>(windows.values());
  }

  private static StreamReader.Visitor each(RecordVisitor visitor) {
    return (data, key, arrival) -> {
      if (key.startsWith(Heartbeat.KEY_PREFIX)) {
        return;
      }
      if (KplAggregate.isAggregate(data)) {
        try {
          for (KplUserRecord record : KplAggregate.userRecords(data)) {
            visitor.record(record.partitionKey(), record.data(), arrival);
          }
          return;
        } catch (MalformedAggregateException e) {
          // Replicated as it is, or a dead letter: a record like any other.
        }
      }
      visitor.record(key, data, arrival);
    };
  }

  private void expect(String key, byte[] data, Instant arrival) {
    RecordHash hash = RecordHash.of(key, data);
    AuditWindow window = window(arrival);
    if (twins.containsKey(hash) && StampedRecord.parse(data).isPresent()) {
      window.repeated++;
      return;
    }
    window.sourceRecords++;
    window.sourceHash += hash.forSum();
    twins.computeIfAbsent(hash, h -> new ArrayList<>(1)).add(new Twin(window));
  }

  private void find(String key, byte[] data, Instant arrival) {
    RecordHash hash = RecordHash.of(key, data);
    List<Twin> found = twins.get(hash);
    if (found == null) {
      boolean inside =
          !arrival.isBefore(span.from.plus(span.lag)) && arrival.isBefore(span.to.minus(span.lag));
      if (inside) {
        window(arrival).unexpected++;
      }
      return;
    }
    for (Twin twin : found) {
      if (!twin.found) {
        twin.found = true;
        twin.window.targetRecords++;
        twin.window.targetHash += hash.forSum();
        return;
      }
    }
    found.get(0).window.repeated++;
  }

  private AuditWindow window(Instant arrival) {
    long millis = span.window.toMillis();
    Instant start = Instant.ofEpochMilli(Math.floorDiv(arrival.toEpochMilli(), millis) * millis);
    return windows.computeIfAbsent(start, AuditWindow::new);
  }

  /** What is compared. */
  static final class Span {
    private final Instant from;
    private final Instant to;
    private final Duration window;
    private final Duration lag;

    /**
     * @param from arrival in the source, inclusive
     * @param to arrival in the source, exclusive
     * @param window what results are summed up over
     * @param lag the most that arrival in the target may differ
     */
    Span(Instant from, Instant to, Duration window, Duration lag) {
      this.from = from;
      this.to = to;
      this.window = window;
      this.lag = lag;
    }
  }

  private interface RecordVisitor {
    void record(String partitionKey, byte[] data, Instant arrival);
  }

  /** One record of the source that looks for the same one in the target. */
  private static final class Twin {
    private final AuditWindow window;
    private boolean found;

    private Twin(AuditWindow window) {
      this.window = window;
    }
  }
}
