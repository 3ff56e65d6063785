package dev.sluice.prices;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.record.KplAggregate;
import dev.sluice.common.record.KplUserRecord;
import dev.sluice.common.record.MalformedAggregateException;
import dev.sluice.common.record.StampedRecord;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Takes aggregates and stamps apart and reads the ticks; what is none, or has no version, goes to
 * {@link #REJECTED} with its bytes. Heartbeats of a replicator are skipped and counted.
 */
final class ReadTicks extends ProcessFunction<StreamRecord, Price> {
  /** Records that are no tick. */
  static final OutputTag<DeadLetter> REJECTED = new OutputTag<>("rejected-ticks") {};

  private static final long serialVersionUID = 1L;
  private static final String HEARTBEAT = "sluice-heartbeat-";

  private transient Counter heartbeats;
  private transient Counter rejected;

  @Override
  public void open(OpenContext context) {
    heartbeats = getRuntimeContext().getMetricGroup().counter("heartbeatsSkipped");
    rejected = getRuntimeContext().getMetricGroup().counter("ticksRejected");
  }

  @Override
  public void processElement(StreamRecord record, Context context, Collector<Price> out) {
    if (record.partitionKey.startsWith(HEARTBEAT)) {
      heartbeats.inc();
    } else if (!KplAggregate.isAggregate(record.data)) {
      read(record.data, record, context, out);
    } else {
      try {
        for (KplUserRecord each : KplAggregate.userRecords(record.data)) {
          read(each.data(), record, context, out);
        }
      } catch (MalformedAggregateException e) {
        reject("malformed-aggregate", String.valueOf(e.getMessage()), record.data, record, context);
      }
    }
  }

  private void read(byte[] data, StreamRecord record, Context context, Collector<Price> out) {
    Optional<StampedRecord> stamped = StampedRecord.parse(data);
    if (stamped.isEmpty()) {
      reject("no-version", "The record carries no stamp of a producer", data, record, context);
      return;
    }
    try {
      Price price = TickJson.read(stamped.get().payload());
      price.epoch = stamped.get().version().epoch();
      price.sequence = stamped.get().version().sequence();
      price.producer = stamped.get().version().producer();
      price.data = data;
      price.source = record.source;
      out.collect(price);
    } catch (MalformedTickException e) {
      reject("malformed-tick", String.valueOf(e.getMessage()), data, record, context);
    }
  }

  private void reject(String code, String why, byte[] data, StreamRecord record, Context context) {
    rejected.inc();
    context.output(
        REJECTED,
        DeadLetter.builder(Uids.PARSE, code, why)
            .from(record.source, data.length)
            .carrying(data)
            .at(context.timerService().currentProcessingTime())
            .build());
  }
}
