package dev.sluice.replication.failover;

import dev.sluice.common.sink.kinesis.PutFailedException;
import dev.sluice.common.sink.kinesis.StreamProbe;
import dev.sluice.replication.Heartbeat;
import dev.sluice.replication.PositionCut;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a stream beyond the positions of the replicator that reads it, and was written by
 * producers: what arrived later than they could write was copied there. Stateless.
 */
final class Leftovers {
  /** Heartbeats, canaries and markers: nobody's records. */
  private Leftovers() {}

  /**
   * Looks through each shard from its position on.
   *
   * @param position of the replicator; null if it has none: then everything is left over
   * @param until when producers wrote there no more, by the clock of the stream
   * @return in words the first record of somebody's that is left over; empty if there is none
   */
  static Optional<String> find(Site site, @Nullable PositionCut position, Instant until)
      throws UnmetException, InterruptedException {
    Map<String, String> read = position == null ? Map.of() : position.source();
    try (StreamProbe probe = site.probe()) {
      for (String shard : probe.shards()) {
        First first = new First(until);
        probe.readOn(shard, read.get(shard), first::isOwn);
        if (first.arrival != null) {
          return Optional.of("a record in '" + shard + "' that arrived at " + first.arrival);
        }
      }
      return Optional.empty();
    } catch (PutFailedException e) {
      throw new UnmetException(
          "The stream of '" + site + "' cannot be read: " + e.failure().toString(), e);
    }
  }

  private static final class First {
    private final Instant until;
    private @Nullable Instant arrival;

    private First(Instant until) {
      this.until = until;
    }

    /** Whether to look on. */
    private boolean isOwn(String partitionKey, Instant arrived) {
      if (arrived.isAfter(until)) {
        return false;
      }
      if (partitionKey.startsWith(Heartbeat.KEY_PREFIX)) {
        return true;
      }
      arrival = arrived;
      return false;
    }
  }
}
