package dev.sluice.common.producer;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterJson;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.StreamEntry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All records that have no answer, in memory and on disk, in their order: given from the spool to
 * the lane, left in the spool, given from memory to the lane, waiting in memory. Memory gives to
 * the lane only while nothing is left in the spool. Not thread-safe.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final ProducerSettings settings;
  private final Spool spool;
  private final Versions versions;
  private final LongConsumer released;
  private final NavigableMap<Long, Outgoing> direct = new TreeMap<>();
  private final Deque<Outgoing> waiting = new ArrayDeque<>();

  /**
   * With what the spool has.
   *
   * @param released hears how many bytes of records are no longer in memory
   */
  Backlog(ProducerSettings settings, Spool spool, Versions versions, LongConsumer released) {
    this.settings = settings;
    this.spool = spool;
    this.versions = versions;
    this.released = released;
  }

  void add(long epoch, StreamEntry entry, long now, CompletableFuture<SendResult> answer) {
    try {
      waiting.addLast(new Outgoing(versions.next(epoch), entry, now, answer));
    } catch (IOException e) {
      released.accept(Outgoing.bytes(entry));
      answer.completeExceptionally(
          new SendFailedException("version-file", "Cannot write 'version': " + e));
    }
  }

  /** Gives a lane what it has room for; a lane that closes meanwhile takes nothing more. */
  void feed(Lane lane, long now) throws IOException {
    while (spool.hasNext() && !lane.isClosed()) {
      Spooled next = spool.next();
      Outgoing record = new Outgoing(next, settings.name, now);
      if (!lane.hasRoomFor(record)) {
        spool.putBack(next);
        break;
      }
      lane.add(record);
    }
    if (spool.hasNext()) {
      keep();
    }
    while (!spool.hasNext() && !waiting.isEmpty() && !lane.isClosed()) {
      Outgoing record = waiting.element();
      if (!lane.hasRoomFor(record)) {
        break;
      }
      waiting.remove();
      direct.put(record.version.sequence(), record);
      lane.add(record);
    }
  }

  /** The lane is closed: what it has not finished goes back to where it came from. */
  void takeBack() {
    direct.descendingMap().values().forEach(waiting::addFirst);
    direct.clear();
    spool.rewind();
  }

  /** Whether the record that a lane has had longest could go to the spool instead. */
  boolean couldKeepOldest() {
    return !direct.isEmpty() && spool.hasRoomFor(direct.firstEntry().getValue().toSpool());
  }

  /**
   * Moves what waits in memory to the spool, as far as that has room; nothing while a lane has
   * records from memory, since those are older.
   */
  void keep() throws IOException {
    List<Outgoing> kept = new ArrayList<>();
    while (direct.isEmpty() && !waiting.isEmpty() && spool.append(waiting.element().toSpool())) {
      kept.add(waiting.remove());
    }
    try {
      spool.force();
      kept.forEach(record -> answer(record, SendResult.spooled(record.version)));
    } catch (IOException e) {
      LOG.error("Cannot force the spool", e);
      kept.forEach(
          record ->
              fail(record, "spool-not-forced", "The record may be sent, and may be lost: " + e));
    }
    if (direct.isEmpty() && settings.overflow == Overflow.FAIL) {
      failWaiting("overflow", "The spool is full: " + spool.bytes() + " bytes");
    }
  }

  void failWaiting(String code, String message) {
    while (!waiting.isEmpty()) {
      fail(waiting.remove(), code, message);
    }
  }

  void stored(Outgoing record, SendResult where) throws IOException {
    done(record);
    answer(record, where);
  }

  /** A record of the spool has no sender that could be told: it is kept for people. */
  void refused(Outgoing record, PutFailure why, int attempts) throws IOException {
    if (record.spooled != null) {
      DeadLetter letter =
          DeadLetter.builder("producer", why.code(), why.message())
              .at(System.currentTimeMillis())
              .afterAttempts(attempts)
              .from(record.entry.partitionKey(), record.entry.data().length)
              .carrying(record.entry.data())
              .build();
      LOG.error("A spooled record is refused for ever and kept in 'refused.jsonl': {}", why);
      SpoolSegment.keepRefused(settings.folder, DeadLetterJson.write(letter));
    }
    done(record);
    fail(record, why.code(), why.message());
  }

  private void done(Outgoing record) throws IOException {
    if (record.spooled == null) {
      direct.remove(record.version.sequence());
    } else {
      spool.done(record.spooled);
    }
  }

  private void answer(Outgoing record, SendResult result) {
    CompletableFuture<SendResult> answer = record.answer;
    if (answer != null) {
      released.accept(Outgoing.bytes(record.entry));
      answer.complete(result);
    }
  }

  private void fail(Outgoing record, String code, String message) {
    CompletableFuture<SendResult> answer = record.answer;
    if (answer != null) {
      released.accept(Outgoing.bytes(record.entry));
      answer.completeExceptionally(new SendFailedException(code, message));
    }
  }

  /** When the oldest record in memory was given; null if there is none. */
  @Nullable Long oldest() {
    Outgoing oldest = direct.isEmpty() ? waiting.peek() : direct.firstEntry().getValue();
    return oldest == null ? null : oldest.since;
  }

  ProducerStatus status(Counters counters, @Nullable Lane lane) {
    return new ProducerStatus(
        lane == null ? null : lane.region(),
        counters.counts(),
        spool.records(),
        spool.bytes(),
        (long) direct.size() + waiting.size());
  }

  /** After a failure: the next producer with the folder sends what is in the spool. */
  void abandon() {
    spool.abandon();
  }

  /** Spools what is in memory, or fails it where there is no room, and closes the folder. */
  void close() throws IOException {
    keep();
    failWaiting("closed", "The producer was closed, and the spool is full");
    try {
      spool.close();
    } finally {
      versions.close();
    }
  }
}
