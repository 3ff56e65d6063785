package dev.sluice.local.fault;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A rule at work in a proxy: its switch, its counters, what it holds. Thread-safe. */
public final class Fault {
  private final FaultRule rule;
  private final SplittableRandom random;

  /** Its own, so that which requests are met does not depend on what is in them. */
  private final SplittableRandom entryRandom;

  private boolean enabled;
  private boolean closed;
  private long matched;
  private long fired;
  private long generation;
  private int held;
  private long landed;
  private long failedEntries;
  private double tokens;
  private long tokensAt;

  Fault(FaultRule rule, long seed) {
    this.rule = rule;
    this.random = new SplittableRandom(seed);
    this.entryRandom = new SplittableRandom(~seed);
    this.enabled = rule.enabled;
    this.tokens = rule.action.amount;
    this.tokensAt = System.nanoTime();
  }

  /** From now on the rule takes requests. */
  public synchronized void enable() {
    enabled = true;
  }

  /** From now on the rule takes and counts none; what it holds stays held. */
  public synchronized void disable() {
    enabled = false;
  }

  /** Requests of the operations and keys of the rule, while it was enabled. */
  public synchronized long matched() {
    return matched;
  }

  /** Requests that the fault has met. */
  public synchronized long fired() {
    return fired;
  }

  /** Requests that are held or hang now. */
  public synchronized int held() {
    return held;
  }

  /** Requests that were held and, after release, forwarded: answered by the server, or not. */
  public synchronized long landed() {
    return landed;
  }

  /** Entries of PutRecords that were failed. */
  public synchronized long failedEntries() {
    return failedEntries;
  }

  public void awaitFired(long count, Duration limit) throws InterruptedException {
    await(count + " times", limit, () -> fired >= count);
  }

  public void awaitHeld(int count, Duration limit) throws InterruptedException {
    await(count + " requests held by", limit, () -> held >= count);
  }

  public void awaitLanded(long count, Duration limit) throws InterruptedException {
    await(count + " requests landed of", limit, () -> landed >= count);
  }

  private synchronized void await(String what, Duration limit, BooleanSupplier met)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!met.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException(
            "Waited " + limit.toMillis() + " ms in vain: " + what + " '" + rule + "'");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Lets go what is held now; what comes later is held again unless the rule is disabled. */
  public synchronized void release() {
    generation++;
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  FaultRule rule() {
    return rule;
  }

  /** Counts the request and says whether the fault meets it; one draw for each that could. */
  synchronized boolean decide(AwsRequest request) {
    if (!enabled || !rule.matches(request)) {
      return false;
    }
    matched++;
    boolean turn = matched > rule.after && (matched - rule.after) % rule.every == 0;
    boolean drawn = random.nextDouble() < rule.share;
    if (!turn || !drawn || fired >= rule.atMost) {
      return false;
    }
    fired++;
    notifyAll();
    return true;
  }

  /** Decides whether an entry fails, and counts it. */
  synchronized boolean failsEntry(String partitionKey) {
    FaultAction action = rule.action;
    boolean throttles = action.kind == FaultAction.Kind.THROTTLE_ENTRIES;
    boolean drawn = throttles || entryRandom.nextDouble() < action.amount;
    if (!drawn || !action.entryKey.matcher(partitionKey).matches()) {
      return false;
    }
    if (throttles && hasToken(action.amount)) {
      return false;
    }
    failedEntries++;
    return true;
  }

  private boolean hasToken(double perSecond) {
    long now = System.nanoTime();
    tokens = Math.min(perSecond, tokens + (now - tokensAt) * perSecond / 1e9);
    tokensAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Blocks until release; false if the proxy was closed first. */
  synchronized boolean hold() throws InterruptedException {
    long mine = generation;
    held++;
    notifyAll();
    try {
      while (mine == generation && !closed) {
        wait();
      }
      return mine != generation;
    } finally {
      held--;
    }
  }

  synchronized void land() {
    landed++;
    notifyAll();
  }

  /** Blocks for a time; false if the proxy was closed first. */
  synchronized boolean pause(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0 && !closed; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !closed;
  }
}
