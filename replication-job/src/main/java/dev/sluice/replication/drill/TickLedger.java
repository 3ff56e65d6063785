package dev.sluice.replication.drill;

import dev.sluice.common.producer.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All that was sent, and what the producer said of it. Thread-safe. */
final class TickLedger {
  private final List<Tick> ticks = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, AtomicLong> acceptedByRegion = new ConcurrentHashMap<>();
  private long spooled;
  private @Nullable Tick firstAway;

  synchronized void sent(Tick tick) {
    ticks.add(tick);
  }

  synchronized void told(Tick tick, SendResult result, String away) {
    tick.told(result.version(), result.region(), System.currentTimeMillis());
    if (result.outcome() == SendResult.Outcome.SPOOLED) {
      spooled++;
      return;
    }
    acceptedByRegion.computeIfAbsent(result.region(), r -> new AtomicLong()).incrementAndGet();
    if (firstAway == null && result.region().equals(away)) {
      firstAway = tick;
    }
  }

  synchronized void failed(Tick tick, Throwable failure) {
    failures.add(tick + ": " + failure);
  }

  /** In the order of sending. */
  synchronized List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  synchronized int sent() {
    return ticks.size();
  }

  synchronized long spooled() {
    return spooled;
  }

  /** Records that the producer gave back. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  long acceptedIn(String region) {
    AtomicLong count = acceptedByRegion.get(region);
    return count == null ? 0 : count.get();
  }

  /** The first record that the other Region accepted. */
  synchronized Optional<Tick> firstAway() {
    return Optional.ofNullable(firstAway);
  }
}
