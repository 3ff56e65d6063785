package dev.sluice.udf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions in a thread of its own, each for a limited time.
 *
 * <p>Between two functions nothing can end an evaluation. One that goes on behind its limit is left
 * alone; if a second one does so while the first still goes on, the task fails.
 */
final class JqThread {
  private final Duration limit;
  private ExecutorService thread = start();
  private Future<?> runaway = CompletableFuture.completedFuture(null);

  JqThread(Duration limit) {
    this.limit = limit;
  }

  private static ExecutorService start() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "evaluate-jq");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * The value; null if there is none.
   *
   * @param query of its own for each call that may still be running
   * @throws InvalidInputException if it has none, or not in time
   * @throws IllegalStateException if two evaluations do not end
   */
  @Nullable JsonNode evaluate(JqQuery query, JsonNode input) {
    Future<@Nullable JsonNode> result = thread.submit(() -> query.evaluate(input));
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      abandon(query, result);
      throw new InvalidInputException(
          String.format("'%s' has not ended within %d ms", query, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in the evaluation of '" + query + "'", e);
    } catch (ExecutionException e) {
      throw unwrapped(query, e.getCause());
    }
  }

  private static RuntimeException unwrapped(JqQuery query, @Nullable Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      return (IllegalArgumentException) cause; // an InvalidInputException, most often
    }
    if (cause instanceof Error) {
      throw (Error) cause;
    }
    return new IllegalStateException("Cannot evaluate '" + query + "'", cause);
  }

  private void abandon(JqQuery query, Future<?> result) {
    thread.shutdownNow();
    if (!runaway.isDone()) {
      throw new IllegalStateException("Two evaluations of '" + query + "' do not end");
    }
    runaway = result;
    thread = start();
  }

  void close() {
    thread.shutdownNow();
  }
}
