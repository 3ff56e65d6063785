package dev.sluice.common.sink.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A stream in simulated time that is as bad as Kinesis may be: entries fail one by one, those of a
 * request are stored in any order, requests overtake each other, answers get lost, and requests
 * that were given up are executed later.
 */
public final class FakeStream implements StreamClient {
  public final List<StreamEntry> stored = new ArrayList<>();

  /** When each was stored. */
  public final List<Long> storedAt = new ArrayList<>();

  int requests;
  int attempts;
  int throttled;
  int greatestRequest;
  private final Simulation simulation;
  private final Random random;
  private Weather weather;
  private double tokens;
  private long tokensAt;
  private long stalledUntil;
  private long giveUp;

  public FakeStream(Simulation simulation, long seed, Weather weather) {
    this.simulation = simulation;
    this.random = new Random(seed);
    this.weather = weather;
    this.tokensAt = simulation.now();
    this.tokens = weather.perSecond;
  }

  /** Chances from 0 to 1; records per second above which entries are throttled. */
  public record Weather(
      double entryFails,
      double requestFails,
      double answerLost,
      double landsLate,
      double perSecond) {
    public static final Weather FAIR = new Weather(0, 0, 0, 0, Double.POSITIVE_INFINITY);

    Weather entriesFail(double share) {
      return new Weather(share, requestFails, answerLost, landsLate, perSecond);
    }

    Weather throttledAbove(double rate) {
      return new Weather(entryFails, requestFails, answerLost, landsLate, rate);
    }
  }

  /** From now on. */
  public void weather(Weather other) {
    weather = other;
  }

  /** Answers nothing until then; clients give up after a time, and what they sent lands then. */
  void stallUntil(long end, long timeout) {
    stalledUntil = end;
    giveUp = timeout;
  }

  @Override
  public CompletableFuture<List<EntryResult>> put(List<StreamEntry> entries) {
    requests++;
    attempts += entries.size();
    greatestRequest = Math.max(greatestRequest, entries.size());
    CompletableFuture<List<EntryResult>> answer = new CompletableFuture<>();
    long there = 1L + random.nextInt(50);
    long back = there + 1L + random.nextInt(50);
    if (simulation.now() < stalledUntil) {
      simulation.after(giveUp, () -> answer.completeExceptionally(lost("timeout")));
      simulation.after(stalledUntil - simulation.now() + there, () -> execute(entries));
    } else if (random.nextDouble() < weather.requestFails) {
      simulation.after(back, () -> answer.completeExceptionally(lost("503")));
    } else if (random.nextDouble() < weather.landsLate) {
      simulation.after(back, () -> answer.completeExceptionally(lost("timeout")));
      simulation.after(back + random.nextInt(500), () -> execute(entries));
    } else if (random.nextDouble() < weather.answerLost) {
      simulation.after(there, () -> execute(entries));
      simulation.after(back, () -> answer.completeExceptionally(lost("reset")));
    } else {
      List<EntryResult> results = new ArrayList<>();
      simulation.after(there, () -> results.addAll(execute(entries)));
      simulation.after(back, () -> answer.complete(results));
    }
    return answer;
  }

  private static PutFailedException lost(String code) {
    return new PutFailedException(new PutFailure(FailureKind.TRANSIENT, code, "lost"), null);
  }

  private List<EntryResult> execute(List<StreamEntry> entries) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    EntryResult[] results = new EntryResult[entries.size()];
    for (int i : order) {
      results[i] = one(entries.get(i));
    }
    return List.of(results);
  }

  private EntryResult one(StreamEntry entry) {
    if (text(entry).startsWith("poison")) {
      return failed(FailureKind.REFUSED, "InvalidArgumentException");
    }
    if (!takeToken()) {
      throttled++;
      return failed(FailureKind.THROTTLED, "ProvisionedThroughputExceededException");
    }
    if (random.nextDouble() < weather.entryFails) {
      return random.nextBoolean()
          ? failed(FailureKind.THROTTLED, "ProvisionedThroughputExceededException")
          : failed(FailureKind.TRANSIENT, "InternalFailure");
    }
    stored.add(entry);
    storedAt.add(simulation.now());
    return EntryResult.stored("shardId-000000000000", String.valueOf(stored.size()));
  }

  private boolean takeToken() {
    if (weather.perSecond == Double.POSITIVE_INFINITY) {
      return true;
    }
    tokens =
        Math.min(
            weather.perSecond, tokens + (simulation.now() - tokensAt) * weather.perSecond / 1000);
    tokensAt = simulation.now();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  private static EntryResult failed(FailureKind kind, String code) {
    return EntryResult.failed(new PutFailure(kind, code, "in this weather"));
  }

  static String text(StreamEntry entry) {
    return new String(entry.data(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {}
}
