package dev.sluice.replication.health;

import dev.sluice.common.sink.kinesis.EntryResult;
import dev.sluice.common.sink.kinesis.FailureKind;
import dev.sluice.common.sink.kinesis.PutFailedException;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.StreamEntry;
import dev.sluice.common.sink.kinesis.StreamProbe;
import dev.sluice.replication.Heartbeat;
import dev.sluice.replication.health.CanaryRound.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a record into a stream and reads it back, a round at a time. Its records have keys {@value
 * #KEY_PREFIX}…, which change, so that rounds go to all shards by and by; consumers skip them as
 * they skip heartbeats.
 *
 * <p>When a put fails, the get reads the record of an earlier round, so that puts and gets are
 * judged apart. Not thread-safe; closes its probe.
 */
final class Canary implements AutoCloseable {
  /** Begins as the keys of heartbeats do, so that consumers have one rule. */
  static final String KEY_PREFIX = Heartbeat.KEY_PREFIX + "canary-";

  private static final String NO_STREAM = "ResourceNotFoundException";

  /** A record may take a moment until it can be read. */
  private static final int READS = 10;

  private final StreamProbe probe;
  private final Pause pause;
  private @Nullable EntryResult last;
  private byte[] lastData = new byte[0];

  /**
   * A canary.
   *
   * @param pause between two looks for a record that is not there yet
   */
  Canary(StreamProbe probe, Pause pause) {
    this.probe = probe;
    this.pause = pause;
  }

  /** Lets some time pass, 200 ms or so: Kinesis allows 5 GetRecords a second for a shard. */
  @FunctionalInterface
  interface Pause {
    void pause() throws InterruptedException;
  }

  /** A put and a get, each bounded by the probe's time limit. */
  CanaryRound round() throws InterruptedException {
    String id = UUID.randomUUID().toString();
    byte[] data = ("canary " + id).getBytes(StandardCharsets.US_ASCII);
    Outcome put;
    String trouble = null;
    try {
      last = probe.put(new StreamEntry(data, KEY_PREFIX + id, null));
      lastData = data;
      put = Outcome.SUCCEEDED;
    } catch (PutFailedException e) {
      put = outcome(e);
      trouble = "put: " + e.failure();
    }
    EntryResult stored = last;
    if (stored == null) {
      return new CanaryRound(put, Outcome.NONE, trouble);
    }
    try {
      boolean found = isFound(stored);
      String lost = found ? null : "get: the record is not where it was put";
      return new CanaryRound(
          put, found ? Outcome.SUCCEEDED : Outcome.FAILED, trouble == null ? lost : trouble);
    } catch (PutFailedException e) {
      return new CanaryRound(put, outcome(e), trouble == null ? "get: " + e.failure() : trouble);
    }
  }

  private boolean isFound(EntryResult stored) throws PutFailedException, InterruptedException {
    for (int read = 0; read < READS; read++) {
      if (read > 0) {
        pause.pause();
      }
      Optional<StreamProbe.Found> found = probe.read(stored.shardId(), stored.sequenceNumber());
      if (found.isPresent()) {
        return Arrays.equals(found.get().data(), lastData);
      }
    }
    return false;
  }

  private static Outcome outcome(PutFailedException failure) {
    PutFailure what = failure.failure();
    // Whoever deletes the stream stops all of its producers; a missing right may be the canary's.
    return what.kind() == FailureKind.TRANSIENT || what.code().equals(NO_STREAM)
        ? Outcome.FAILED
        : Outcome.NONE;
  }

  @Override
  public void close() {
    probe.close();
  }
}
