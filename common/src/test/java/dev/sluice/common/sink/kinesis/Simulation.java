package dev.sluice.common.sink.kinesis;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only from one event to the next. */
public final class Simulation {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong((Event event) -> event.at).thenComparing(event -> event.number));
  private long now = 1_000_000;
  private long number;

  public long now() {
    return now;
  }

  public void after(long millis, Runnable action) {
    events.add(new Event(now + Math.max(0, millis), number++, action));
  }

  /** Runs the next event; false if there is none. */
  public boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    now = Math.max(now, next.at);
    next.action.run();
    return true;
  }

  private record Event(long at, long number, Runnable action) {}
}
