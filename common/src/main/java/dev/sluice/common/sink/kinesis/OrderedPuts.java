package dev.sluice.common.sink.kinesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The heart of {@link OrderedKinesisSink}, which documents it: decides what goes when.
 *
 * <p>A key has one bundle under way at most, whatever its requests answer; the next one goes after
 * the acknowledgement or the refusal of that. Keys do not wait for each other.
 *
 * <p>Not thread-safe: all on the thread of {@link PutSurroundings}.
 */
public final class OrderedPuts<T> {
  /** As many refusals in a row mean that not the records are wrong, but stream or request. */
  private static final int REFUSALS_IN_A_ROW = 100;

  private final StreamClient client;
  private final PutSettings settings;
  private final PutSurroundings surroundings;
  private final PutOutcomes<T> outcomes;
  private final PutMeter metrics;
  private final Pauses pauses;
  private final InFlightWindow window;
  private final Map<String, KeyQueue<T>> queues = new HashMap<>();
  private final ReadyKeys<T> keys = new ReadyKeys<>();
  private long bufferedBytes;
  private int requests;
  private int underWay;
  private int refusalsInARow;
  private boolean flushing;
  private long nextWake = Long.MAX_VALUE;

  /** With nothing under way; the caller closes the client. */
  public OrderedPuts(
      StreamClient client,
      PutSettings settings,
      PutSurroundings surroundings,
      PutOutcomes<T> outcomes,
      PutMeter metrics) {
    this.client = client;
    this.settings = settings;
    this.surroundings = surroundings;
    this.outcomes = outcomes;
    this.metrics = metrics;
    this.pauses = new Pauses(settings);
    this.window = new InFlightWindow(settings.requests * settings.entries);
    metrics.observe(() -> bufferedBytes, () -> requests, window::limit);
  }

  /**
   * Whether the record fits now; one that is larger than the whole buffer fits when it is empty.
   */
  public boolean hasRoomFor(String key, StreamEntry entry) {
    KeyQueue<T> queue = queues.get(key);
    boolean keyHasRoom = queue == null || queue.size() < settings.queuedPerKey;
    boolean bytesHaveRoom = bufferedBytes + Waiting.bytes(entry) <= settings.bufferBytes;
    return queues.isEmpty() || (keyHasRoom && bytesHaveRoom);
  }

  /** Takes a record, which is refused at once if it breaks a rule of Kinesis. */
  public void add(T element, String key, StreamEntry entry) throws Exception {
    PutFailure broken = entry.brokenRule(settings.recordBytes).orElse(null);
    if (broken != null) {
      refused(new Waiting<>(element, entry), broken, 0);
      return;
    }
    KeyQueue<T> queue = queues.get(key);
    boolean idle = queue == null;
    if (queue == null) {
      queue = new KeyQueue<>(key);
      queues.put(queue.key, queue);
    }
    queue.add(new Waiting<>(element, entry));
    bufferedBytes += Waiting.bytes(entry);
    if (idle) {
      keys.ready(queue, surroundings.now());
      send();
    }
  }

  /** Whether every record that was added is decided. */
  public boolean isEmpty() {
    return queues.isEmpty();
  }

  /** From now until {@link #isEmpty} no record waits for others to fill its request. */
  public void flush() {
    flushing = !queues.isEmpty();
    send();
  }

  /** The time has come that was asked for, or another. */
  public void wake() {
    nextWake = Long.MAX_VALUE;
    send();
  }

  private void send() {
    long now = surroundings.now();
    keys.release(now);
    while (requests < settings.requests && underWay < window.limit() && isWorthARequest(now)) {
      sendOne();
    }
    long wake = keys.nextRelease();
    KeyQueue<T> oldest = keys.peek();
    if (oldest != null && requests > 0) {
      wake = Math.min(wake, oldest.since + settings.lingerMillis);
    }
    if (wake > now && wake < nextWake) {
      nextWake = wake;
      surroundings.wakeAt(wake);
    }
  }

  private boolean isWorthARequest(long now) {
    KeyQueue<T> oldest = keys.peek();
    return oldest != null
        && (flushing
            || requests == 0
            || keys.size() >= settings.entries
            || keys.bytes() >= settings.requestBytes
            || now - oldest.since >= settings.lingerMillis);
  }

  private void sendOne() {
    List<KeyQueue<T>> sent = new ArrayList<>();
    List<StreamEntry> entries = new ArrayList<>();
    int room = Math.min(settings.entries, window.limit() - underWay);
    long bytes = 0;
    while (entries.size() < room && !keys.isEmpty()) {
      KeyQueue<T> queue = keys.take();
      Bundle<T> bundle = queue.first(settings);
      boolean fits = bytes + bundle.entry.size() <= settings.requestBytes && !bundle.alone;
      if (!entries.isEmpty() && !fits) {
        keys.putBack(queue);
        break;
      }
      sent.add(queue);
      entries.add(bundle.entry);
      bytes += bundle.entry.size();
      bundle.attempts++;
      if (bundle.alone) {
        break;
      }
    }
    requests++;
    underWay += entries.size();
    metrics.sent(entries.size());
    Request<T> request = new Request<>(sent, window.generation(), surroundings.now());
    // Its failures are answers: they reach ended() as the others do.
    var unused =
        client
            .put(List.copyOf(entries))
            .whenComplete(
                (results, failure) ->
                    surroundings.onWriterThread(() -> ended(request, results, failure)));
  }

  private void ended(
      Request<T> request, @Nullable List<EntryResult> results, @Nullable Throwable failure)
      throws Exception {
    requests--;
    underWay -= request.sent.size();
    List<EntryResult> each = results != null ? results : request.allFailed(whole(failure));
    if (each.size() != request.sent.size()) {
      throw new IllegalStateException(
          "PutRecords of " + request.sent.size() + " records answered on " + each.size());
    }
    metrics.ended(surroundings.now() - request.sentAt);
    int throttled = 0;
    int stored = 0;
    for (int i = 0; i < each.size(); i++) {
      PutFailure why = each.get(i).failure();
      if (why == null) {
        stored(request.sent.get(i), each.get(i));
        stored++;
      } else {
        failed(request.sent.get(i), why, results == null && each.size() > 1);
        throttled += why.kind() == FailureKind.THROTTLED ? 1 : 0;
      }
    }
    window.ended(stored, throttled, request.generation);
    flushing &= !queues.isEmpty();
    send();
  }

  /** What failed as a whole, as the client says it; anything else is no answer of the service. */
  private static PutFailure whole(@Nullable Throwable failure) throws Exception {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof PutFailedException) {
      PutFailedException put = (PutFailedException) cause;
      if (put.failure().kind() == FailureKind.FATAL) {
        throw put;
      }
      return put.failure();
    }
    throw new IllegalStateException("A put ended without an answer of the service", cause);
  }

  private void stored(KeyQueue<T> queue, EntryResult result) throws Exception {
    refusalsInARow = 0;
    Bundle<T> bundle = queue.first(settings);
    int index = 0;
    for (Waiting<T> record : bundle.records) {
      outcomes.stored(
          record.element, new Placement(result, index++, bundle.attempts, surroundings.now()));
    }
    metrics.stored(bundle.records.size());
    decided(queue, bundle);
  }

  private void failed(KeyQueue<T> queue, PutFailure why, boolean amongOthers) throws Exception {
    Bundle<T> bundle = queue.first(settings);
    metrics.failed(why);
    if (why.kind() == FailureKind.FATAL) {
      throw new PutFailedException(why, null);
    }
    if (why.kind() != FailureKind.REFUSED) {
      keys.pause(queue, surroundings.now() + pauses.before(bundle.attempts));
    } else if (amongOthers) {
      bundle.alone = true;
      keys.ready(queue, surroundings.now());
    } else if (bundle.records.size() > 1) {
      queue.unpack();
      keys.ready(queue, surroundings.now());
    } else {
      refused(bundle.records.get(0), why, bundle.attempts);
      decided(queue, bundle);
    }
  }

  private void decided(KeyQueue<T> queue, Bundle<T> bundle) {
    bundle.records.forEach(record -> bufferedBytes -= Waiting.bytes(record.entry));
    queue.done();
    if (queue.isEmpty()) {
      queues.remove(queue.key);
    } else {
      keys.ready(queue, surroundings.now());
    }
  }

  private void refused(Waiting<T> record, PutFailure why, int attempts) throws Exception {
    if (attempts > 0 && ++refusalsInARow >= REFUSALS_IN_A_ROW) {
      throw new PutFailedException(
          new PutFailure(FailureKind.FATAL, why.code(), "The stream refuses every record"), null);
    }
    metrics.refused(why.code());
    outcomes.refused(record.element, record.entry, why, attempts);
  }

  /** A request under way. */
  private static final class Request<T> {
    private final List<KeyQueue<T>> sent;
    private final long generation;
    private final long sentAt;

    private Request(List<KeyQueue<T>> sent, long generation, long sentAt) {
      this.sent = List.copyOf(sent);
      this.generation = generation;
      this.sentAt = sentAt;
    }

    private List<EntryResult> allFailed(PutFailure failure) {
      List<EntryResult> results = new ArrayList<>(sent.size());
      sent.forEach(queue -> results.add(EntryResult.failed(failure)));
      return results;
    }
  }
}
