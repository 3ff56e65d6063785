package dev.sluice.common.operator.microbatch;

import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * What is done to a batch: a model's forward pass, a bulk request, a vectorised computation.
 *
 * <p>One instance per subtask, called by the task thread alone.
 *
 * @param <I> element of the input; not changed by the function
 * @param <O> element of the output
 */
public interface BatchFunction<I, O> extends Serializable {

  /** Opens models and clients, before the first batch. */
  default void open(RuntimeContext context) throws Exception {}

  /**
   * Decides each element of the batch: {@link Batch#accept} or {@link Batch#reject}, exactly once.
   *
   * <p>An exception means that the elements that are not decided yet failed together: they are
   * tried again in halves, until the bad one is alone and becomes a dead letter. So a call may see
   * an element again, in a smaller batch. An {@link Error} fails the task at once.
   *
   * @param batch one element or more
   */
  void apply(Batch<I, O> batch) throws Exception;

  /** Releases what {@link #open} opened; also called when {@code open} failed half-way. */
  default void close() throws Exception {}
}
