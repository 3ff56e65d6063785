package dev.sluice.replication;

import dev.sluice.common.deadletter.DeadLetter;
import dev.sluice.common.record.KplAggregate;
import dev.sluice.common.record.KplUserRecord;
import dev.sluice.common.record.MalformedAggregateException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Gives each record the key and hash key that it has in the target, and takes aggregates of the
 * Kinesis Producer Library apart if it shall.
 *
 * <p>What has the mark and the checksum of an aggregate but breaks the format goes to {@link
 * #REJECTED} when aggregates are taken apart, since nobody can say what its keys are.
 */
final class PrepareRecords extends ProcessFunction<ReplicatedRecord, ReplicatedRecord> {
  /** Aggregates that break their format. */
  static final OutputTag<DeadLetter> REJECTED = new OutputTag<>("rejected-aggregates") {};

  private static final long serialVersionUID = 1L;

  private final AggregateHandling handling;
  private transient Counter aggregates;
  private transient Counter rejected;

  PrepareRecords(AggregateHandling handling) {
    this.handling = handling;
  }

  @Override
  public void open(OpenContext context) {
    aggregates = getRuntimeContext().getMetricGroup().counter("aggregates");
    rejected = getRuntimeContext().getMetricGroup().counter("aggregatesRejected");
  }

  @Override
  public void processElement(
      ReplicatedRecord record, Context context, Collector<ReplicatedRecord> out) {
    if (!KplAggregate.isAggregate(record.data)) {
      out.collect(record);
      return;
    }
    aggregates.inc();
    List<KplUserRecord> records;
    try {
      records = KplAggregate.userRecords(record.data);
    } catch (MalformedAggregateException e) {
      malformed(record, String.valueOf(e.getMessage()), context, out);
      return;
    }
    if (records.isEmpty()) {
      malformed(record, "KPL aggregate holds no records", context, out);
      return;
    }
    if (handling == AggregateHandling.PASS_THROUGH) {
      out.collect(placed(record, records.get(0).effectiveHashKey()));
      return;
    }
    for (int i = 0; i < records.size(); i++) {
      KplUserRecord each = records.get(i);
      out.collect(
          new ReplicatedRecord(
              each.data(),
              each.partitionKey(),
              each.explicitHashKey(),
              record.shard,
              record.sequenceNumber,
              i,
              record.arrivalTimestamp));
    }
  }

  private void malformed(
      ReplicatedRecord record, String why, Context context, Collector<ReplicatedRecord> out) {
    if (handling == AggregateHandling.PASS_THROUGH) {
      out.collect(record);
      return;
    }
    rejected.inc();
    context.output(
        REJECTED,
        DeadLetter.builder(Uids.TAKE_APART, "malformed-aggregate", why)
            .from(record.source(), record.data.length)
            .carrying(record.data)
            .at(context.timerService().currentProcessingTime())
            .build());
  }

  /** Consumers drop user records of an aggregate that lies in a shard which is not theirs. */
  private static ReplicatedRecord placed(ReplicatedRecord record, String hashKey) {
    return new ReplicatedRecord(
        record.data,
        record.partitionKey,
        hashKey,
        record.shard,
        record.sequenceNumber,
        record.subSequenceNumber,
        record.arrivalTimestamp);
  }
}
