package dev.sluice.partitioning.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Evaluates an expression in a thread of its own, for a limited time.
 *
 * <p>Nothing can end an evaluation from outside. So one that goes on behind its limit is left
 * alone, and its record is a dead letter; if a second one does so while the first still goes on,
 * the job fails, and says which expression it was. Costs some microseconds a record.
 */
final class GuardedExpression implements KeyExpression {
  private final KeyExpression expression;
  private final Duration limit;
  private ExecutorService thread = newThread();
  private Future<?> runaway = java.util.concurrent.CompletableFuture.completedFuture(null);

  GuardedExpression(KeyExpression expression, Duration limit) {
    this.expression = expression;
    this.limit = limit;
  }

  private static ExecutorService newThread() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "evaluate-partition-keys");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if two evaluations do not end
   */
  @Override
  public JsonNode evaluate(JsonNode record) throws UnpartitionableException, InterruptedException {
    Future<JsonNode> result = thread.submit(() -> expression.evaluate(record));
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      abandon(result);
      throw new UnpartitionableException(
          String.format("'%s' has not ended within %d ms", expression, limit.toMillis()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnpartitionableException) {
        throw (UnpartitionableException) e.getCause();
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw (OutOfMemoryError) e.getCause();
      }
      throw new UnpartitionableException("Cannot evaluate '" + expression + "': " + e.getCause());
    }
  }

  private void abandon(Future<?> result) {
    thread.shutdownNow();
    if (!runaway.isDone()) {
      throw new IllegalStateException(
          "Two evaluations of '"
              + expression
              + "' do not end; give partition.query an expression that does");
    }
    runaway = result;
    thread = newThread();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  @Override
  public String toString() {
    return expression.toString();
  }
}
