package dev.sluice.common.sink.kinesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose next bundle is free to go, in the order in which they became so, and keys that pause
 * before another attempt. Not thread-safe.
 */
final class ReadyKeys<T> {
  private final Deque<KeyQueue<T>> ready = new ArrayDeque<>();
  private final PriorityQueue<KeyQueue<T>> pausing =
      new PriorityQueue<>(Comparator.comparingLong((KeyQueue<T> queue) -> queue.since));
  private long readyBytes;
  private long latest = Long.MIN_VALUE;

  void ready(KeyQueue<T> queue, long now) {
    queue.since = now;
    ready.addLast(queue);
    readyBytes += queue.nextBytes();
  }

  void pause(KeyQueue<T> queue, long until) {
    queue.since = until;
    pausing.add(queue);
  }

  /**
   * Lets keys go whose pause is over; they have waited since then. A clock that was set back since
   * the last call takes all times with it, or keys would pause until it is that late again.
   */
  void release(long now) {
    if (now < latest) {
      setBack(latest - now);
    }
    latest = now;
    while (!pausing.isEmpty() && pausing.element().since <= now) {
      KeyQueue<T> queue = pausing.remove();
      ready(queue, queue.since);
    }
  }

  private void setBack(long millis) {
    List<KeyQueue<T>> all = new ArrayList<>(pausing);
    pausing.clear();
    all.forEach(queue -> queue.since -= millis);
    pausing.addAll(all);
    ready.forEach(queue -> queue.since -= millis);
  }

  @Nullable KeyQueue<T> peek() {
    return ready.peekFirst();
  }

  /** Takes what {@link #peek} shows, before anything makes its next bundle another one. */
  KeyQueue<T> take() {
    KeyQueue<T> queue = ready.removeFirst();
    readyBytes -= queue.nextBytes();
    return queue;
  }

  /** To the front again, with what {@link #take} gave. */
  void putBack(KeyQueue<T> queue) {
    ready.addFirst(queue);
    readyBytes += queue.nextBytes();
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  int size() {
    return ready.size();
  }

  long bytes() {
    return readyBytes;
  }

  /** When the first pause ends; {@link Long#MAX_VALUE} without one. */
  long nextRelease() {
    KeyQueue<T> next = pausing.peek();
    return next == null ? Long.MAX_VALUE : next.since;
  }
}
