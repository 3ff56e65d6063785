package dev.sluice.common.sink.kinesis;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/** The operator behind {@link OrderedKinesisSink}, which documents it. */
final class OrderedPutOperator<T, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<T, O>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final StreamClient.Factory factory;
  private final OrderedKinesisSink.Encoder<T> encoder;
  private final PutSettings settings;
  private final Words<T, O> words;
  private final transient MailboxExecutor mailbox;

  private transient @Nullable StreamClient client;
  private transient OrderedPuts<T> puts;
  private transient @Nullable TypeSerializer<T> copier;
  private transient @Nullable Watermark heldWatermark;

  OrderedPutOperator(
      StreamClient.Factory factory,
      OrderedKinesisSink.Encoder<T> encoder,
      PutSettings settings,
      Words<T, O> words,
      MailboxExecutor mailbox,
      ProcessingTimeService timeService) {
    this.factory = factory;
    this.encoder = encoder;
    this.settings = settings;
    this.words = words;
    this.mailbox = mailbox;
    this.processingTimeService = timeService;
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (getExecutionConfig().isObjectReuseEnabled()) {
      copier = config.getTypeSerializerIn(0, getUserCodeClassloader());
    }
    StreamClient opened = factory.open();
    client = opened;
    puts =
        new OrderedPuts<>(
            opened, settings, new Surroundings(), new Outcomes(), new PutMetrics(getMetricGroup()));
  }

  @Override
  public void processElement(StreamRecord<T> record) throws Exception {
    T element = copier == null ? record.getValue() : copier.copy(record.getValue());
    StreamEntry entry = encoder.encode(element);
    String key = words.key.getKey(element);
    while (!puts.hasRoomFor(key, entry)) {
      mailbox.yield();
    }
    puts.add(element, key, entry);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain();
  }

  @Override
  public void endInput() throws Exception {
    drain();
  }

  private void drain() throws Exception {
    puts.flush();
    while (!puts.isEmpty()) {
      mailbox.yield();
    }
    letWatermarkGo();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    heldWatermark = mark;
    letWatermarkGo();
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    drain();
    super.processWatermarkStatus(status);
  }

  private void letWatermarkGo() throws Exception {
    Watermark mark = heldWatermark;
    if (mark != null && puts.isEmpty()) {
      heldWatermark = null;
      super.processWatermark(mark);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      if (client != null) {
        client.close();
      }
    } finally {
      super.close();
    }
  }

  /** What the sink says of its elements. */
  static final class Words<T, O> {
    private final OrderedKinesisSink.Report<T, O> report;
    private final OrderedKinesisSink.Describe<T> describe;
    private final String uid;
    private final KeySelector<T, String> key;

    Words(
        OrderedKinesisSink.Report<T, O> report,
        OrderedKinesisSink.Describe<T> describe,
        String uid,
        KeySelector<T, String> key) {
      this.report = report;
      this.describe = describe;
      this.uid = uid;
      this.key = key;
    }
  }

  private final class Surroundings implements PutSurroundings {
    @Override
    public long now() {
      return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void wakeAt(long millis) {
      // Flink's timers are silent when a stop-with-savepoint has ended the input, and the barrier
      // behind that waits for what pauses here.
      CompletableFuture.delayedExecutor(millis - now(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(() -> onWriterThread(puts::wake));
    }

    @Override
    public void onWriterThread(Action action) {
      // Refused by a task that has ended: then nobody waits for the answer.
      mailbox.execute(
          () -> {
            action.run();
            letWatermarkGo();
          },
          "answer of Kinesis");
    }
  }

  private final class Outcomes implements PutOutcomes<T> {
    @Override
    public void stored(T element, Placement placement) throws Exception {
      output.collect(new StreamRecord<>(words.report.stored(element, placement)));
    }

    @Override
    public void refused(T element, StreamEntry entry, PutFailure why, int attempts) {
      DeadLetterBuilder letter =
          DeadLetter.builder(words.uid, why.code(), why.message())
              .at(getProcessingTimeService().getCurrentProcessingTime())
              .afterAttempts(attempts)
              .carrying(entry.data());
      words.describe.describe(element, letter);
      output.collect(OrderedKinesisSink.REFUSED, new StreamRecord<>(letter.build()));
    }
  }
}
