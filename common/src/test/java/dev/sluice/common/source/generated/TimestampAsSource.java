package dev.sluice.common.source.generated;

import dev.sluice.common.record.RawRecord;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Writes the timestamp that Flink has for a record into the record. */
final class TimestampAsSource extends ProcessFunction<RawRecord, RawRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(RawRecord record, Context context, Collector<RawRecord> out) {
    out.collect(new RawRecord(record.data, record.arrivalTimestamp, "at " + context.timestamp()));
  }
}
