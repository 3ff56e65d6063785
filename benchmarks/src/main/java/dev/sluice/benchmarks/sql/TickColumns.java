package dev.sluice.benchmarks.sql;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The columns of {@code ticks.sql}. */
final class TickColumns {
  static final DataType ROW =
      DataTypes.ROW(
          DataTypes.FIELD("event_id", DataTypes.STRING()),
          DataTypes.FIELD("ticker", DataTypes.STRING()),
          DataTypes.FIELD("price", DataTypes.DOUBLE()),
          DataTypes.FIELD("volume", DataTypes.BIGINT()),
          DataTypes.FIELD("event_time", DataTypes.TIMESTAMP(3)));

  private TickColumns() {}
}
