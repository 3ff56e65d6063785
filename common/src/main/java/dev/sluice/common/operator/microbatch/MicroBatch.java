package dev.sluice.common.operator.microbatch;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterBuilder;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Applies a {@link BatchFunction} to small batches of a stream.
 *
 * <pre>{@code
 * SingleOutputStreamOperator<Score> scores =
 *     MicroBatch.of(new ScoreFunction(), BatchLimits.of(16, Duration.ofMillis(100)))
 *         .sizedBy(document -> document.text.length)
 *         .describedBy((document, letter) -> letter.from(document.id, -1))
 *         .on(documents, TypeInformation.of(Score.class), "score");
 * DataStream<DeadLetter> rejected = scores.getSideOutput(MicroBatch.REJECTED);
 * }</pre>
 *
 * <p>A batch is flushed when it has enough elements or bytes, when its first element is old enough
 * (processing time), before a checkpoint barrier and at the end of the input. So no element is ever
 * in operator state: a checkpoint holds nothing of this operator, it can be restored with any
 * parallelism, and the barrier waits for one batch at most.
 *
 * <p><b>Delivery:</b> each element gives exactly one output or one dead letter, as often as the
 * source and the sink count it (exactly once with replayable sources and transactional sinks). The
 * order of outputs, and that of dead letters, is the order of the elements. Timestamps are kept;
 * watermarks wait until the elements before them are out.
 *
 * <p><b>Errors:</b> an element that the function rejects is a dead letter. When the function
 * throws, the undecided elements are tried again in halves until the failing one is alone; it
 * becomes a dead letter with code {@code batch-element-failed}. When it is the function that is
 * broken and not the data, the task fails and nothing is lost: when all elements of a batch fail
 * and so does one that was accepted before (or none was), or after {@link Builder#failingAfter}
 * failures in a row.
 *
 * <p><b>Metrics:</b> histograms {@code batchSize} (elements), {@code queueDelayMillis} (arrival of
 * the first element to the start of the batch), {@code batchMillis} (with retries in halves);
 * counters {@code batches}, {@code batchElementsAccepted}, {@code batchElementsRejected}, {@code
 * batchFailures}, and {@code errorCode.<code>.deadLetters}.
 */
public final class MicroBatch {
  /** Elements without output, as dead letters. */
  public static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected-by-batch", TypeInformation.of(DeadLetter.class));

  private MicroBatch() {}

  /** Starts the declaration of a micro-batching step. */
  public static <I, O> Builder<I, O> of(BatchFunction<I, O> function, BatchLimits limits) {
    return new Builder<>(function, limits);
  }

  /** Size of an element in bytes, for the limit on bytes. */
  @FunctionalInterface
  public interface SizeOf<I> extends Serializable {
    /** At least 0. */
    long bytes(I element);
  }

  /** Fills in what a dead letter says of its element: origin, size, payload. */
  @FunctionalInterface
  public interface Describe<I> extends Serializable {
    /** Code, message, stage and times are filled in already. */
    void describe(I element, DeadLetterBuilder letter);
  }

  /** Declares a micro-batching step. */
  public static final class Builder<I, O> {
    final BatchFunction<I, O> function;
    final BatchLimits limits;
    SizeOf<I> sizeOf = element -> 0L;
    Describe<I> describe = (element, letter) -> letter.from(String.valueOf(element), -1L);
    int maxFailuresInARow = 100;

    private Builder(BatchFunction<I, O> function, BatchLimits limits) {
      this.function = function;
      this.limits = limits;
    }

    /** How large an element is; 0 bytes unless told. */
    public Builder<I, O> sizedBy(SizeOf<I> sizeOf) {
      this.sizeOf = sizeOf;
      return this;
    }

    /** What dead letters say of their element; its {@code toString} as origin unless told. */
    public Builder<I, O> describedBy(Describe<I> describe) {
      this.describe = describe;
      return this;
    }

    /**
     * After how many elements that failed alone, in a row and without one success, the task fails;
     * 100 unless told.
     */
    public Builder<I, O> failingAfter(int maxFailuresInARow) {
      if (maxFailuresInARow < 1) {
        throw new IllegalArgumentException(
            "Failures in a row must be at least 1, but was '" + maxFailuresInARow + "'");
      }
      this.maxFailuresInARow = maxFailuresInARow;
      return this;
    }

    /**
     * Adds the step to a stream.
     *
     * @param type of the output
     * @param uid of the operator, its name, and the stage of its dead letters
     */
    public SingleOutputStreamOperator<O> on(
        DataStream<I> stream, TypeInformation<O> type, String uid) {
      return stream.transform(uid, type, new MicroBatchOperator<>(this, uid)).uid(uid);
    }
  }
}
