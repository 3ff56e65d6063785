package dev.sluice.common.operator.drop.sql;

import dev.sluice.common.operator.drop.DropAlert;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Makes a drop a row of its table: the three columns, then the metadata that is asked for. */
final class DropToRow implements MapFunction<DropAlert, RowData> {
  private static final long serialVersionUID = 1L;
  private static final int COLUMNS = 3;

  static final String INITIAL_PRICE = "initial_price";
  static final String INITIAL_PRICE_TIME = "initial_price_time";
  static final String DROP_DIFF = "drop_diff";

  private final int key;
  private final int price;
  private final int time;
  private final String[] metadata;

  DropToRow(DropTable table, List<String> metadata) {
    this.key = table.key;
    this.price = table.price;
    this.time = table.time;
    this.metadata = metadata.toArray(String[]::new);
  }

  @Override
  public RowData map(DropAlert drop) {
    GenericRowData row = new GenericRowData(COLUMNS + metadata.length);
    row.setField(key, StringData.fromString(drop.key));
    row.setField(price, drop.lastPrice);
    row.setField(time, TimestampData.fromEpochMillis(drop.dropTime));
    for (int i = 0; i < metadata.length; i++) {
      row.setField(COLUMNS + i, value(metadata[i], drop));
    }
    return row;
  }

  private static Object value(String name, DropAlert drop) {
    switch (name) {
      case INITIAL_PRICE:
        return drop.initialPrice;
      case INITIAL_PRICE_TIME:
        return TimestampData.fromEpochMillis(drop.initialPriceTime);
      case DROP_DIFF:
        return drop.dropDiff;
      default:
        throw new IllegalStateException("A drop has no '" + name + "'");
    }
  }
}
