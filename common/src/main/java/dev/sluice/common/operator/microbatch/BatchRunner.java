package dev.sluice.common.operator.microbatch;

import java.util.List;
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

  BatchRunner(BatchFunction<I, O> function, int maxFailuresInARow, BatchMetrics metrics) {
    this.function = function;
    this.maxFailuresInARow = maxFailuresInARow;
    this.metrics = metrics;
  }

  /** Afterwards each element has an outcome. */
  void run(Batch<I, O> batch) throws Exception {
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
      return;
    }
    requireDecided(batch);
    noteSuccess(batch);
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
      run(part);
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
      }
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
