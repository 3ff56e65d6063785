package dev.sluice.replication.failover;

import dev.sluice.common.sink.kinesis.EntryResult;
import dev.sluice.common.sink.kinesis.PutFailedException;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.sink.kinesis.StreamProbe;
import dev.sluice.replication.Heartbeat;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One record in each open shard of a stream: whatever was stored there before lies before it. More
 * of them do no harm, so that a step that puts them can be taken again: consumers skip keys {@value
 * #KEY_PREFIX}… as they skip heartbeats.
 */
final class Markers {
  static final String KEY_PREFIX = Heartbeat.KEY_PREFIX + "marker-";

  /** Arrival times of shards are approximate; that much earlier is early enough. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static final int ATTEMPTS = 20;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Map<String, String> sequences;
  private final Instant earliest;

  private Markers(Map<String, String> sequences, Instant earliest) {
    this.sequences = sequences;
    this.earliest = earliest;
  }

  /** Puts them and reads them back. */
  static Markers put(Site site, Waiter waiter) throws UnmetException, InterruptedException {
    try (StreamProbe probe = site.probe()) {
      for (int attempt = 1; ; attempt++) {
        try {
          Markers markers = put(probe, waiter);
          // A shard that was split in the meantime has children without a marker.
          if (markers.sequences.keySet().equals(probe.hashKeys().keySet())) {
            return markers;
          }
          refuseAfter(attempt, "the shards change", site, null);
        } catch (PutFailedException e) {
          refuseAfter(attempt, e.failure().toString(), site, e);
        }
        waiter.pause(PAUSE);
      }
    }
  }

  private static void refuseAfter(
      int attempt, String reason, Site site, @org.jspecify.annotations.Nullable Throwable cause)
      throws UnmetException {
    if (attempt == ATTEMPTS) {
      String message = "Cannot put markers into the stream of '" + site + "': " + reason;
      throw cause == null ? new UnmetException(message) : new UnmetException(message, cause);
    }
  }

  private static Markers put(StreamProbe probe, Waiter waiter)
      throws PutFailedException, InterruptedException, UnmetException {
    Map<String, String> sequences = new TreeMap<>();
    Instant earliest = Instant.MAX;
    for (String hashKey : probe.hashKeys().values()) {
      String id = UUID.randomUUID().toString();
      byte[] data = ("marker " + id).getBytes(StandardCharsets.US_ASCII);
      EntryResult stored = probe.put(new StreamEntry(data, KEY_PREFIX + id, hashKey));
      sequences.put(stored.shardId(), stored.sequenceNumber());
      Instant arrival = arrival(probe, stored, waiter);
      earliest = arrival.isBefore(earliest) ? arrival : earliest;
    }
    return new Markers(sequences, earliest);
  }

  private static Instant arrival(StreamProbe probe, EntryResult stored, Waiter waiter)
      throws PutFailedException, InterruptedException, UnmetException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<StreamProbe.Found> found = probe.read(stored.shardId(), stored.sequenceNumber());
      if (found.isPresent()) {
        return found.get().arrival();
      }
      waiter.pause(PAUSE);
    }
    throw new UnmetException("A marker in '" + stored.shardId() + "' cannot be read");
  }

  /** Whatever arrived after the markers arrived at this time or later. */
  Instant copyFrom() {
    return earliest.minus(SKEW);
  }

  /**
   * Whether a reader is beyond all of them.
   *
   * @param read by shard the sequence number of the last record that it has dealt with
   */
  boolean arePassedBy(Map<String, String> read) {
    return sequences.entrySet().stream()
        .allMatch(
            marker -> {
              String position = read.get(marker.getKey());
              return position != null
                  && new BigInteger(position).compareTo(new BigInteger(marker.getValue())) >= 0;
            });
  }

  @Override
  public String toString() {
    return "markers in " + sequences.size() + " shards";
  }
}
