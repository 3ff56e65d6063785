package dev.sluice.common.producer;

import dev.sluice.common.record.RecordVersion;
import dev.sluice.common.region.RegionRegister;
import dev.sluice.common.sink.kinesis.PutFailure;
import dev.sluice.common.sink.kinesis.StreamClient;
import dev.sluice.common.sink.kinesis.StreamEntry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to the stream of the active Region, and keeps on disk what it cannot send.
 *
 * <p><b>Order.</b> Records of a partition key reach the stream in the order of the calls, as first
 * copies, through failures, the spool and a switch of Regions: a record is sent after the
 * acknowledgement of the one before it in its key. Where an answer is lost, a copy may come later.
 *
 * <p><b>Fencing.</b> A producer sends only while it holds a lease: it has begun to read the
 * register, less than the lease of the record ago, and that said that the Region is active. It
 * counts a record as accepted only if the lease still holds when the answer of the stream is here.
 * So once a change of the register is made and its former lease has passed, by any clock of good
 * rate, no producer will say any more that it has a record accepted in an earlier epoch, and all of
 * which one said so are in the stream of that epoch. A request that was under way, or in a process
 * that stood still, may <i>store</i> a record later all the same, since Kinesis knows no epochs: it
 * is not counted as accepted, it is sent again in the next epoch, and in a consumer that compares
 * versions ({@link RecordVersion}) both copies are one, and older than all that was taken in that
 * epoch.
 *
 * <p><b>Spool.</b> Without a lease, after {@link ProducerSettings#retryLimit}, and when the stream
 * is missing or forbidden, records go to the spool; from then on all go through it until it has
 * been sent. The future of a record says SPOOLED as soon as it is on disk, and nothing after that.
 * After a kill the next producer with the folder sends what is left, some of it again; a request
 * that was under way then, of a record whose future has not ended, may come behind that. A spooled
 * record that the stream refuses for ever is kept in {@code refused.jsonl} of the folder.
 *
 * <p><b>Loss.</b> Of each call the future ends: accepted, spooled, or failed, and then the caller
 * has the record. A process that is killed loses what is in memory, whose futures have not ended.
 *
 * <p>Thread-safe. Futures end on the thread of the producer: what hangs on them must not block.
 */
public final class RegionProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegionProducer.class);

  private final ProducerSettings settings;
  private final Map<String, StreamClient> clients = new ConcurrentHashMap<>();
  private final ThreadLoop loop;
  private final SendLoop sender;
  private final FollowRegister follow;
  private final Queue<Call> calls = new ArrayDeque<>();
  private final Object room = new Object();
  private long usedBytes;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile ProducerStatus last;
  private boolean closed;

  private RegionProducer(
      RegionRegister register,
      ProducerSettings settings,
      Function<String, StreamClient.Factory> regions)
      throws IOException {
    this.settings = settings;
    Spool spool = Spool.open(settings.folder, settings.spoolBytes, settings.sync);
    Versions versions = versions(settings, spool);
    loop = new ThreadLoop("sluice-producer-" + settings.name, this::died);
    sender =
        new SendLoop(
            settings,
            new Backlog(settings, spool, versions, this::release),
            loop,
            region -> clients.computeIfAbsent(region, name -> regions.apply(name).open()),
            this::refresh);
    last = sender.status();
    follow =
        new FollowRegister(
            register,
            settings,
            loop,
            (region, since) -> loop.run(() -> sender.confirmed(region, since)));
  }

  /**
   * Opens the folder and reads the register once; if that does not answer, records are spooled
   * until it does.
   *
   * @param register stays the caller's to close, after this
   * @param regions how to write the stream of a Region: {@code region -> StreamAddress.of(region,
   *     "ticks").writer()}
   */
  public static RegionProducer open(
      RegionRegister register,
      ProducerSettings settings,
      Function<String, StreamClient.Factory> regions)
      throws IOException {
    RegionProducer producer = new RegionProducer(register, settings, regions);
    producer.follow.read();
    producer.follow.start();
    return producer;
  }

  private static Versions versions(ProducerSettings settings, Spool spool) throws IOException {
    try {
      SpoolOwner.claim(settings.folder, settings.stream, spool.records());
      return Versions.open(settings.folder, settings.name, micros(Clock.systemUTC()));
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  private static LongSupplier micros(Clock clock) {
    return () -> ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  /** Sends a record with the hash key of its partition key. */
  public CompletableFuture<SendResult> send(String partitionKey, byte[] data)
      throws InterruptedException {
    return send(new StreamEntry(data, partitionKey, null));
  }

  /**
   * Takes a record, or waits until there is room for it ({@link Overflow}).
   *
   * @return ends with what became of it, or with a {@link SendFailedException}
   * @throws IllegalStateException if the producer is closed
   */
  public CompletableFuture<SendResult> send(StreamEntry entry) throws InterruptedException {
    PutFailure broken =
        Lane.inStream(settings, entry, new RecordVersion(0, 0, settings.name))
            .brokenRule(settings.puts.recordBytes())
            .orElse(null);
    if (broken != null) {
      return CompletableFuture.failedFuture(
          new SendFailedException(broken.code(), broken.message()));
    }
    CompletableFuture<SendResult> answer = new CompletableFuture<>();
    long bytes = Outgoing.bytes(entry);
    synchronized (room) {
      while (!closed && !fits(bytes) && !loop.isOwnThread()) {
        if (settings.overflow == Overflow.FAIL) {
          return CompletableFuture.failedFuture(
              new SendFailedException("overflow", "Memory is full: " + usedBytes + " bytes"));
        }
        room.wait();
      }
      if (closed) {
        throw new IllegalStateException("The producer is closed");
      }
      usedBytes += bytes;
      calls.add(new Call(entry, answer));
      if (calls.size() == 1) {
        loop.run(this::take);
      }
    }
    return answer;
  }

  private boolean fits(long bytes) {
    return usedBytes == 0 || usedBytes + bytes <= settings.memoryBytes;
  }

  private void release(long bytes) {
    synchronized (room) {
      usedBytes -= bytes;
      room.notifyAll();
    }
  }

  /** All calls that wait, so that the disk is forced once for them. */
  private void take() {
    addCalls();
    sender.pump();
  }

  private void addCalls() {
    Queue<Call> taken;
    synchronized (room) {
      taken = new ArrayDeque<>(calls);
      calls.clear();
    }
    taken.forEach(call -> sender.add(call.entry, call.answer));
  }

  /** For who knows that the epoch has changed: looks at the register at once. */
  public void refresh() {
    follow.look();
  }

  /** What the producer does now, or did at its end. */
  public ProducerStatus status() throws InterruptedException {
    CompletableFuture<ProducerStatus> status = new CompletableFuture<>();
    synchronized (room) {
      if (closed) {
        return last;
      }
      loop.run(() -> status.complete(sender.status()));
    }
    try {
      CompletableFuture.anyOf(status, ended).get();
      return status.getNow(last);
    } catch (ExecutionException e) {
      return last;
    }
  }

  /**
   * Takes no more records, waits {@link ProducerSettings#closeLimit} for those in memory to be
   * accepted, spools the others, and fails those that the spool has no room for. Every future has
   * ended after it. Not to be called on the thread of the producer.
   */
  @Override
  public void close() throws IOException, InterruptedException {
    boolean first;
    synchronized (room) {
      first = !closed;
      closed = true;
      room.notifyAll();
    }
    if (first) {
      CompletableFuture<Boolean> quiet = new CompletableFuture<>();
      loop.run(() -> sender.flush(() -> quiet.complete(true)));
      try {
        CompletableFuture.anyOf(quiet, ended)
            .get(settings.closeLimit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException e) {
        LOG.info("Not all records were accepted in time: the others are spooled");
      }
      loop.run(this::end);
    }
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw new IOException("The producer could not keep all: " + e.getCause(), e.getCause());
    } finally {
      follow.close();
      loop.stop();
      clients.values().forEach(StreamClient::close);
    }
  }

  private void end() {
    try {
      sender.close();
      last = sender.status();
      ended.complete(true);
    } catch (IOException e) {
      last = sender.status();
      ended.completeExceptionally(e);
    }
  }

  private void died(Throwable failure) {
    synchronized (room) {
      closed = true;
      room.notifyAll();
    }
    try {
      addCalls();
      sender.die(failure);
      last = sender.status();
    } finally {
      ended.completeExceptionally(failure);
    }
  }

  /** A call that the thread has not taken yet. */
  private static final class Call {
    private final StreamEntry entry;
    private final CompletableFuture<SendResult> answer;

    private Call(StreamEntry entry, CompletableFuture<SendResult> answer) {
      this.entry = entry;
      this.answer = answer;
    }
  }
}
