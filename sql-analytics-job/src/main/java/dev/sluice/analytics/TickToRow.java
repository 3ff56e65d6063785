package dev.sluice.analytics;

import dev.sluice.common.record.RawRecord;
import dev.sluice.common.source.generated.ticks.Tick;
import dev.sluice.common.source.generated.ticks.TickGenerator;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/** Makes the row of a generated trade: from its index, so that no JSON is read. */
final class TickToRow implements MapFunction<RawRecord, RowData> {
  private static final long serialVersionUID = 1L;

  static final TypeInformation<RowData> TYPE =
      InternalTypeInfo.of(
          RowType.of(
              VarCharType.STRING_TYPE,
              VarCharType.STRING_TYPE,
              new DoubleType(),
              new BigIntType(),
              new TimestampType(3)));

  private final TickGenerator day;

  TickToRow(TickGenerator day) {
    this.day = day;
  }

  @Override
  public RowData map(RawRecord record) {
    Tick tick = day.tick(TickerOf.index(record));
    return GenericRowData.of(
        StringData.fromString(tick.eventId),
        StringData.fromString(tick.ticker),
        tick.price,
        tick.volume,
        TimestampData.fromEpochMillis(tick.eventTime));
  }
}
