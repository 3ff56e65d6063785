package dev.sluice.common.producer;

import dev.sluice.common.region.ActiveRegion;
import dev.sluice.common.sink.kinesis.Placement;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.StreamClient;
import dev.sluice.common.sink.kinesis.StreamEntry;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of {@link RegionProducer}, which documents it: opens a lane while the lease holds, and
 * closes it when that ends, when the stream is missing, and when records are tried in vain.
 *
 * <p>Not thread-safe: all on the thread of {@link Loop}.
 */
final class SendLoop implements Lane.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(SendLoop.class);

  /** Between two attempts with a stream that is missing or forbidden, or with a full disk. */
  static final long LONG_PAUSE_MILLIS = 2_000;

  private final ProducerSettings settings;
  private final Backlog backlog;
  private final Loop loop;
  private final Function<String, StreamClient> clients;
  private final Runnable look;
  private final Counters counters = new Counters();
  private final Lease lease = new Lease();
  private @Nullable Lane lane;
  private long brokenUntil = Long.MIN_VALUE;
  private long nextPump = Long.MAX_VALUE;
  private Runnable quiet = () -> {};
  private boolean closing;

  /**
   * With nothing known of the register.
   *
   * @param look is asked for when the Region fails or the lease has run out
   */
  SendLoop(
      ProducerSettings settings,
      Backlog backlog,
      Loop loop,
      Function<String, StreamClient> clients,
      Runnable look) {
    this.settings = settings;
    this.backlog = backlog;
    this.loop = loop;
    this.clients = clients;
    this.look = look;
  }

  /**
   * Takes a record, whose bytes count as memory until they are released; {@link #pump} sends it.
   */
  void add(StreamEntry entry, CompletableFuture<SendResult> answer) {
    backlog.add(lease.epoch(), entry, loop.now(), answer);
  }

  /** The register said this; the lease counts from when the reading of it began. */
  void confirmed(ActiveRegion read, long since) {
    if (lease.confirmed(read, since)) {
      brokenUntil = Long.MIN_VALUE;
    }
    pump();
  }

  /** Does what can be done now. */
  void pump() {
    if (closing) {
      return;
    }
    try {
      confirm();
      if (isTriedInVain()) {
        if (backlog.couldKeepOldest()) {
          closeLane();
        }
        backlog.keep();
      }
      openLane();
      if (lane == null) {
        backlog.keep();
      } else {
        backlog.feed(lane, loop.now());
      }
      if (backlog.oldest() == null) {
        quiet.run();
      }
      pumpAgain();
    } catch (IOException e) {
      closeLane();
      pauseAfter(e);
    }
  }

  @Override
  public void confirm() {
    Lane open = lane;
    if (open != null) {
      ActiveRegion held = held();
      if (held == null || held.epoch() != open.region().epoch()) {
        closeLane();
      }
    }
  }

  private @Nullable ActiveRegion held() {
    long now = loop.now();
    return now < brokenUntil ? null : lease.holdsAt(now);
  }

  private void openLane() {
    ActiveRegion to = held();
    if (lane == null && to != null) {
      Counters.Region meter = counters.of(to.region());
      try {
        lane = new Lane(to, clients.apply(to.region()), settings, loop, meter, this);
      } catch (RuntimeException e) {
        meter.failedOtherwise();
        pauseAfter(e);
      }
    }
  }

  private void closeLane() {
    Lane open = lane;
    if (open != null) {
      open.close();
      lane = null;
      backlog.takeBack();
      look.run();
    }
  }

  private boolean isTriedInVain() {
    Long oldest = backlog.oldest();
    return oldest != null && loop.now() - oldest >= settings.retryLimit.toMillis();
  }

  /** At the end of the lease, of a pause or of the retry limit. */
  private void pumpAgain() {
    long now = loop.now();
    long next = lane != null ? lease.heldUntil() : Long.MAX_VALUE;
    if (lane == null && now < brokenUntil) {
      next = brokenUntil;
    }
    Long oldest = backlog.oldest();
    if (oldest != null) {
      long limit = oldest + settings.retryLimit.toMillis();
      next = Math.min(next, Math.max(limit, now + LONG_PAUSE_MILLIS));
    }
    if (next != Long.MAX_VALUE && (next < nextPump || nextPump <= now)) {
      nextPump = next;
      loop.at(next, this::pump);
    }
  }

  @Override
  public void stored(Outgoing record, ActiveRegion region, Placement at) throws IOException {
    backlog.stored(
        record,
        SendResult.accepted(
            record.version, region.epoch(), region.region(), at.shardId(), at.sequenceNumber()));
  }

  @Override
  public void refused(Outgoing record, PutFailure why, int attempts) throws IOException {
    backlog.refused(record, why, attempts);
  }

  @Override
  public void broken(Lane broken, Exception failure) {
    counters.of(broken.region().region()).failedOtherwise();
    if (lane == broken) {
      closeLane();
    }
    pauseAfter(failure);
  }

  private void pauseAfter(Exception failure) {
    LOG.error("Cannot send; what comes is kept and tried again", failure);
    brokenUntil = loop.now() + LONG_PAUSE_MILLIS;
    nextPump = brokenUntil;
    loop.at(brokenUntil, this::pump);
  }

  @Override
  public void stepped() {
    Lane open = lane;
    if (open != null && counters.of(open.region().region()).hasFailedSinceAsked()) {
      look.run();
    }
    pump();
  }

  /** Sends what is in memory without waiting for more, and says when nothing is. */
  void flush(Runnable whenQuiet) {
    quiet = whenQuiet;
    pump();
    Lane open = lane;
    if (open != null) {
      open.flush();
    }
  }

  /** Spools what is left in memory, or fails it where there is no room, and closes the folder. */
  void close() throws IOException {
    closing = true;
    closeLane();
    backlog.close();
  }

  /**
   * After a failure that nothing here is prepared for: what is in memory has failed, and the folder
   * is free for another producer.
   */
  void die(Throwable failure) {
    closing = true;
    closeLane();
    backlog.failWaiting("broken", "The producer has failed: " + failure);
    backlog.abandon();
  }

  ProducerStatus status() {
    return backlog.status(counters, lane);
  }
}
