package dev.sluice.common.sink.kinesis;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.deadletter.DeadLetterBuilder;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Writes records into a Kinesis data stream and keeps the order of each key.
 *
 * <pre>{@code
 * SingleOutputStreamOperator<Stored> stored =
 *     OrderedKinesisSink.to(client, (Tick tick) -> new StreamEntry(tick.bytes, tick.ticker, null))
 *         .on(ticks.keyBy(tick -> tick.ticker), Stored::new, TypeInformation.of(Stored.class), "write-ticks");
 * DataStream<DeadLetter> refused = stored.getSideOutput(OrderedKinesisSink.REFUSED);
 * }</pre>
 *
 * <p>It is an operator and no {@code Sink}, because what it knows is of use: its output says of
 * each record where it is stored, after the acknowledgement; its side output has the dead letters.
 *
 * <p><b>Order.</b> Let r1, r2, … be the records of one key in the order in which they reach the
 * sink, without those that become dead letters. In the stream the first copy of each comes before
 * the first copy of the next. So a consumer that drops copies it has seen before processes r1, r2,
 * …, whatever fails or is repeated. To this end a record is sent only after the acknowledgement of
 * the one before it in its key: PutRecords neither stops at an entry that fails nor promises an
 * order within a request, so a request never holds two records of a key, unless they are one record
 * by {@link Packing#AGGREGATE}. A key therefore gets one record, or one aggregate, per round trip;
 * keys do not wait for each other.
 *
 * <p>The key is that of the keyed stream, so that it has one subtask: the partition key, or
 * something coarser that holds records of several partition keys in one order.
 *
 * <p><b>Delivery.</b> At least once. A copy is made when an answer is lost, and for the records
 * since the last checkpoint when the job restarts. A copy that the service stores late, after its
 * request was given up, may lie behind younger records of its key: a consumer that does not drop
 * copies, but takes the last one for the truth, needs a version in its records.
 *
 * <p><b>Checkpoints.</b> Everything that came before a barrier is decided before the barrier goes
 * on, so there is no state. State would have to be moved with its key when the job is rescaled, or
 * two subtasks would hold records of one key. While the stream is not reachable no checkpoint
 * completes; what holds the barrier is bounded by {@link PutSettings#bufferBytes} and {@link
 * PutSettings#queuedPerKey}. Unaligned checkpoints do no harm and do not help.
 *
 * <p><b>Errors.</b> By {@link FailureKind}: throttled and transient ones are tried again without
 * end, with growing pauses; refused records become dead letters, a refused request is tried one by
 * one first; a missing stream or right fails the task, as do 100 refusals in a row.
 *
 * <p><b>Metrics.</b> Counters {@code recordsStored}, {@code recordsThrottled} and {@code
 * recordsFailed} (attempts), {@code recordsRefused} and {@code errorCode.<code>.deadLetters};
 * histograms {@code putMillis}, {@code putEntries}; gauges {@code bufferedBytes}, {@code
 * requestsUnderWay}, {@code recordsUnderWayLimit}.
 *
 * <p>Watermarks wait until nothing before them is undecided.
 */
public final class OrderedKinesisSink {
  /** What the stream will never take. */
  public static final OutputTag<DeadLetter> REFUSED =
      new OutputTag<>("refused-by-kinesis", TypeInformation.of(DeadLetter.class));

  private OrderedKinesisSink() {}

  /** Starts the declaration of a sink. */
  public static <T> Builder<T> to(StreamClient.Factory client, Encoder<T> encoder) {
    return new Builder<>(client, encoder);
  }

  /** Makes the record of the stream out of an element. */
  @FunctionalInterface
  public interface Encoder<T> extends Serializable {
    StreamEntry encode(T element) throws Exception;
  }

  /** Makes the output of an element that is stored. */
  @FunctionalInterface
  public interface Report<T, O> extends Serializable {
    O stored(T element, Placement placement) throws Exception;
  }

  /** Fills in what a dead letter says of its element: origin and arrival. */
  @FunctionalInterface
  public interface Describe<T> extends Serializable {
    /** Code, message, stage, times and payload are filled in already. */
    void describe(T element, DeadLetterBuilder letter);
  }

  /** Declares a sink. */
  public static final class Builder<T> {
    final StreamClient.Factory client;
    final Encoder<T> encoder;
    PutSettings settings = PutSettings.defaults();
    Describe<T> describe = (element, letter) -> {};

    private Builder(StreamClient.Factory client, Encoder<T> encoder) {
      this.client = client;
      this.encoder = encoder;
    }

    /** Limits; {@link PutSettings#defaults} unless told. */
    public Builder<T> with(PutSettings settings) {
      this.settings = settings;
      return this;
    }

    /** What dead letters say of their element beyond its bytes; nothing unless told. */
    public Builder<T> describedBy(Describe<T> describe) {
      this.describe = describe;
      return this;
    }

    /**
     * Adds the sink to a stream.
     *
     * @param stream its key is what has an order
     * @param type of the output
     * @param uid of the operator, its name, and the stage of its dead letters
     */
    public <O> SingleOutputStreamOperator<O> on(
        KeyedStream<T, String> stream, Report<T, O> report, TypeInformation<O> type, String uid) {
      return stream
          .transform(uid, type, new OrderedPutFactory<>(this, report, stream.getKeySelector(), uid))
          .uid(uid);
    }
  }
}
