package dev.sluice.common.producer;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.sink.kinesis.StreamEntry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A record on its way, from memory or from the spool. */
final class Outgoing {
  /** Objects around the bytes, so that small records count for what they take. */
  private static final int OVERHEAD = 256;

  /** The same for every copy. */
  final RecordVersion version;

  final StreamEntry entry;

  /** When it was given to the producer: milliseconds of the loop's clock. */
  final long since;

  /** Null for one from the spool, whose sender has its answer. */
  final @Nullable CompletableFuture<SendResult> answer;

  /** Null for one from memory. */
  final @Nullable Spooled spooled;

  Outgoing(
      RecordVersion version,
      StreamEntry entry,
      long since,
      @Nullable CompletableFuture<SendResult> answer) {
    this.version = version;
    this.entry = entry;
    this.since = since;
    this.answer = answer;
    this.spooled = null;
  }

  Outgoing(Spooled spooled, String producer, long since) {
    this.version = new RecordVersion(spooled.record.epoch, spooled.record.sequence, producer);
    this.entry = spooled.record.entry;
    this.since = since;
    this.answer = null;
    this.spooled = spooled;
  }

  SpooledRecord toSpool() {
    return new SpooledRecord(version.epoch(), version.sequence(), entry);
  }

  static long bytes(StreamEntry entry) {
    return (long) entry.size() + OVERHEAD;
  }
}
