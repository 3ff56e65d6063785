package dev.sluice.udf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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
 * <p>The time is no property of the data: a machine that stands still would make another result of
 * the same row. So an evaluation that goes on behind its limit fails the task, and not the row.
 */
final class JqThread {
  private final Duration limit;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "evaluate-jq");
            created.setDaemon(true);
            return created;
          });

  JqThread(Duration limit) {
    this.limit = limit;
  }

  /**
   * The value; null if there is none.
   *
   * @throws InvalidInputException if it has none
   * @throws IllegalStateException if it has not ended in time; nothing can be evaluated any more
   */
  @Nullable JsonNode evaluate(JqQuery query, JsonNode input) {
    Future<@Nullable JsonNode> result = thread.submit(() -> query.evaluate(input));
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.shutdownNow();
      throw new IllegalStateException(
          String.format("'%s' has not ended within %d ms", query, limit.toMillis()), e);
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

  void close() {
    thread.shutdownNow();
  }
}
