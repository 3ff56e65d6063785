package dev.sluice.prices;

import dev.sluice.common.deadletter.DeadLetter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes prices, several at a time and in any order: the table keeps the newest. A write that was
 * throttled, failed or had no answer is made again until it has one, and holds a checkpoint back no
 * longer than the operator's state does. Gives a dead letter for each that the table refuses.
 */
final class WritePrices extends RichAsyncFunction<Price, DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(WritePrices.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final int MOST_DOUBLINGS = 10;

  private final PriceTable.Factory factory;

  private transient @Nullable PriceTable table;
  private transient @Nullable ScheduledExecutorService timer;
  private transient Set<String> warned;
  private transient Counter written;
  private transient Counter older;
  private transient Counter throttled;
  private transient Counter failed;
  private transient Counter refused;

  WritePrices(PriceTable.Factory factory) {
    this.factory = factory;
  }

  @Override
  public void open(OpenContext context) {
    warned = ConcurrentHashMap.newKeySet();
    MetricGroup group = getRuntimeContext().getMetricGroup();
    written = group.counter("pricesWritten", new ThreadSafeSimpleCounter());
    older = group.counter("pricesNotNewer", new ThreadSafeSimpleCounter());
    throttled = group.counter("writesThrottled", new ThreadSafeSimpleCounter());
    failed = group.counter("writesFailed", new ThreadSafeSimpleCounter());
    refused = group.counter("pricesRefused", new ThreadSafeSimpleCounter());
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "write-prices-again");
              thread.setDaemon(true);
              return thread;
            });
    table = factory.open();
  }

  @Override
  public void asyncInvoke(Price price, ResultFuture<DeadLetter> result) {
    write(price, result, 1);
  }

  private void write(Price price, ResultFuture<DeadLetter> result, int attempt) {
    PriceTable to = table;
    if (to != null) {
      var unused =
          to.put(price)
              .whenComplete((isNew, failure) -> ended(price, result, attempt, isNew, failure));
    }
  }

  private void ended(
      Price price,
      ResultFuture<DeadLetter> result,
      int attempt,
      @Nullable Boolean isNew,
      @Nullable Throwable failure) {
    if (isNew != null) {
      (isNew ? written : older).inc();
      result.complete(List.of());
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    TableFailedException why =
        cause instanceof TableFailedException ? (TableFailedException) cause : null;
    if (why == null || why.kind == TableFailedException.Kind.FATAL) {
      result.completeExceptionally(
          why != null ? why : new IllegalStateException("A write ended without an answer", cause));
    } else if (why.kind == TableFailedException.Kind.REFUSED) {
      refused.inc();
      result.complete(List.of(letter(price, why, attempt)));
    } else {
      (why.kind == TableFailedException.Kind.THROTTLED ? throttled : failed).inc();
      if (warned.add(why.code)) {
        LOG.warn("First of its kind, others are counted; it is tried again", why);
      }
      again(price, result, attempt);
    }
  }

  private void again(Price price, ResultFuture<DeadLetter> result, int attempt) {
    long whole =
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt - 1, MOST_DOUBLINGS));
    long pause = whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
    ScheduledExecutorService timers = timer;
    try {
      if (timers != null) {
        var unused =
            timers.schedule(() -> write(price, result, attempt + 1), pause, TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("The task has ended: its next attempt writes this again", e);
    }
  }

  private static DeadLetter letter(Price price, TableFailedException why, int attempts) {
    return DeadLetter.builder(Uids.WRITE, why.code, String.valueOf(why.getMessage()))
        .from(price.source, price.data.length)
        .carrying(price.data)
        .afterAttempts(attempts)
        .at(System.currentTimeMillis())
        .build();
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
    if (table != null) {
      table.close();
    }
  }
}
