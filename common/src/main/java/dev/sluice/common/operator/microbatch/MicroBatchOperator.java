package dev.sluice.common.operator.microbatch;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/** The operator behind {@link MicroBatch}, which documents it. */
final class MicroBatchOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O>, BoundedOneInput, ProcessingTimeCallback {
  private static final long serialVersionUID = 1L;

  private final BatchFunction<I, O> function;
  private final BatchLimits limits;
  private final MicroBatch.SizeOf<I> sizeOf;
  private final MicroBatch.Describe<I> describe;
  private final int maxFailuresInARow;
  private final String uid;

  private transient List<StreamRecord<I>> waiting;
  private transient long waitingBytes;
  private transient long firstArrival;
  private transient boolean timerSet;
  private transient @Nullable Watermark heldWatermark;
  private transient @Nullable TypeSerializer<I> copier;
  private transient BatchMetrics batchMetrics;
  private transient BatchRunner<I, O> runner;

  MicroBatchOperator(MicroBatch.Builder<I, O> builder, String uid) {
    this.function = builder.function;
    this.limits = builder.limits;
    this.sizeOf = builder.sizeOf;
    this.describe = builder.describe;
    this.maxFailuresInARow = builder.maxFailuresInARow;
    this.uid = uid;
    // Kept in the source's chain: a batch of images crosses no network and no serializer.
    chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    waiting = new ArrayList<>();
    if (getExecutionConfig().isObjectReuseEnabled()) {
      copier = config.getTypeSerializerIn(0, getUserCodeClassloader());
    }
    batchMetrics = new BatchMetrics(getMetricGroup());
    runner = new BatchRunner<>(function, maxFailuresInARow, batchMetrics);
    function.open(getRuntimeContext());
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    long bytes = sizeOf.bytes(element.getValue());
    if (!waiting.isEmpty() && bytes > limits.maxBytes - waitingBytes) {
      flush();
    }
    if (waiting.isEmpty()) {
      firstArrival = getProcessingTimeService().getCurrentProcessingTime();
      setTimer();
    }
    // Whoever is before us in the chain may use the record, with object reuse the value too, again.
    I value = copier == null ? element.getValue() : copier.copy(element.getValue());
    waiting.add(element.copy(value));
    waitingBytes += bytes;
    if (waiting.size() >= limits.maxElements || waitingBytes >= limits.maxBytes) {
      flush();
    }
  }

  /** One timer at a time, however many batches fill up before it fires. */
  private void setTimer() {
    if (!timerSet) {
      timerSet = true;
      // The task waits for its timers itself and fails with what they throw.
      var unused =
          getProcessingTimeService().registerTimer(firstArrival + limits.maxAgeMillis, this);
    }
  }

  @Override
  public void onProcessingTime(long time) throws Exception {
    timerSet = false;
    if (waiting.isEmpty()) {
      return;
    }
    if (time - firstArrival >= limits.maxAgeMillis) {
      flush();
    } else {
      setTimer();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void endInput() throws Exception {
    flush();
  }

  /** Held back until the elements before it are out, so that none of them becomes late. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (waiting.isEmpty()) {
      super.processWatermark(mark);
    } else {
      heldWatermark = mark;
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    flush();
    super.processWatermarkStatus(status);
  }

  private void flush() throws Exception {
    if (!waiting.isEmpty()) {
      List<StreamRecord<I>> records = waiting;
      waiting = new ArrayList<>(records.size());
      waitingBytes = 0;
      apply(records);
    }
    if (heldWatermark != null) {
      Watermark mark = heldWatermark;
      heldWatermark = null;
      super.processWatermark(mark);
    }
  }

  private void apply(List<StreamRecord<I>> records) throws Exception {
    long delay = getProcessingTimeService().getCurrentProcessingTime() - firstArrival;
    List<I> elements = new ArrayList<>(records.size());
    records.forEach(record -> elements.add(record.getValue()));
    Batch<I, O> batch = new Batch<>(elements);
    long start = System.nanoTime();
    runner.run(batch);
    batchMetrics.batch(batch.size(), delay, System.nanoTime() - start);
    for (int i = 0; i < records.size(); i++) {
      emit(records.get(i), Objects.requireNonNull(batch.outcome(i)));
    }
  }

  private void emit(StreamRecord<I> record, Batch.Outcome<O> outcome) {
    if (outcome.output != null) {
      batchMetrics.accepted();
      output.collect(timed(record, outcome.output));
    } else {
      batchMetrics.rejected(outcome.code);
      output.collect(MicroBatch.REJECTED, timed(record, letter(record.getValue(), outcome)));
    }
  }

  private DeadLetter letter(I element, Batch.Outcome<O> outcome) {
    DeadLetterBuilder letter = DeadLetter.builder(uid, outcome.code, outcome.message);
    letter.between(firstArrival, getProcessingTimeService().getCurrentProcessingTime());
    describe.describe(element, letter);
    return letter.build();
  }

  private static <T> StreamRecord<T> timed(StreamRecord<?> original, T value) {
    return original.hasTimestamp()
        ? new StreamRecord<>(value, original.getTimestamp())
        : new StreamRecord<>(value);
  }

  @Override
  public void close() throws Exception {
    try {
      function.close();
    } finally {
      super.close();
    }
  }
}
