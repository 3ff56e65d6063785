package dev.sluice.common.operator.microbatch;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a function on a batch until each element is decided, in halves where it throws. */
final class BatchRunner<I, O> {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  /** Code of an element that makes the function throw even when it is alone. */
  static final String FAILED_ALONE = "batch-element-failed";

  private final BatchFunction<I, O> function;
  private final int maxFailuresInARow;
  private final BatchMetrics metrics;
  private int failuresInARow;

  /** Accepted last: the control when whole batches fail. Null before the first success. */
  private @Nullable I lastAccepted;

  BatchRunner(BatchFunction<I, O> function, int maxFailuresInARow, BatchMetrics metrics) {
    this.function = function;
    this.maxFailuresInARow = maxFailuresInARow;
    this.metrics = metrics;
  }

  /** Afterwards each element has an outcome. */
  void run(Batch<I, O> batch) throws Exception {
    Exception failure = attempt(batch);
    if (failure != null) {
      requireWorkingFunction(batch, failure);
    }
  }

  /** Decides each element; what the function threw on the batch as a whole, or null. */
  private @Nullable Exception attempt(Batch<I, O> batch) throws Exception {
    try {
      function.apply(batch);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e; // the task is being cancelled: not the element's fault
      }
      metrics.batchFailed();
      noteSuccess(batch);
      retry(batch, e);
      return e;
    }
    requireDecided(batch);
    noteSuccess(batch);
    return null;
  }

  private void retry(Batch<I, O> batch, Exception cause) throws Exception {
    List<Integer> undecided = batch.undecided();
    if (batch.size() == 1 && !undecided.isEmpty()) {
      rejectAlone(batch, cause);
      return;
    }
    LOG.debug("Batch of {} failed, trying {} in halves", batch.size(), undecided.size(), cause);
    int middle = (undecided.size() + 1) / 2;
    runPart(batch, undecided.subList(0, middle));
    runPart(batch, undecided.subList(middle, undecided.size()));
  }

  private void runPart(Batch<I, O> batch, List<Integer> positions) throws Exception {
    if (!positions.isEmpty()) {
      Batch<I, O> part = batch.part(positions);
      attempt(part);
      batch.adopt(positions, part);
    }
  }

  private void rejectAlone(Batch<I, O> batch, Exception cause) throws Exception {
    failuresInARow++;
    if (failuresInARow >= maxFailuresInARow) {
      throw new IllegalStateException(
          failuresInARow
              + " elements in a row failed alone: the function is broken, not the data;"
              + " the last cause follows",
          cause);
    }
    LOG.debug("Element failed alone", cause);
    batch.reject(0, FAILED_ALONE, cause.toString());
  }

  private void noteSuccess(Batch<I, O> batch) {
    for (int i = 0; i < batch.size(); i++) {
      Batch.Outcome<O> outcome = batch.outcome(i);
      if (outcome != null && outcome.output != null) {
        failuresInARow = 0;
        lastAccepted = batch.get(i);
      }
    }
  }

  /**
   * When each element of a batch has failed alone, either all are bad or the function is broken. An
   * element that was accepted before tells; without one it is taken for broken, because a restart
   * would otherwise turn more of the input into dead letters each time.
   */
  private void requireWorkingFunction(Batch<I, O> batch, Exception cause) throws Exception {
    for (int i = 0; i < batch.size(); i++) {
      Batch.Outcome<O> outcome = batch.outcome(i);
      if (batch.size() == 1 || outcome == null || !outcome.code.equals(FAILED_ALONE)) {
        return;
      }
    }
    if (lastAccepted == null) {
      throw new IllegalStateException(
          "All " + batch.size() + " elements of the first batches failed: the function is broken",
          cause);
    }
    Batch<I, O> control = new Batch<>(Collections.singletonList(lastAccepted));
    try {
      function.apply(control);
    } catch (Exception e) {
      throw new IllegalStateException(
          "All "
              + batch.size()
              + " elements of a batch failed, and one that was accepted before fails as well:"
              + " the function is broken, not the data",
          e);
    }
  }

  private void requireDecided(Batch<I, O> batch) {
    List<Integer> undecided = batch.undecided();
    if (!undecided.isEmpty()) {
      throw new IllegalStateException(
          function.getClass().getName()
              + " returned without a decision on elements "
              + undecided
              + " of a batch of "
              + batch.size());
    }
  }
}
