package dev.sluice.common.operator.drop.sql;

import dev.sluice.common.operator.drop.PriceOf;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/** Key and price of a row of SQL. Immutable. */
final class RowPrice implements PriceOf<RowData> {
  private static final long serialVersionUID = 1L;

  private final int key;
  private final int price;

  RowPrice(int key, int price) {
    this.key = key;
    this.price = price;
  }

  @Override
  public @Nullable String key(RowData row) {
    return row.isNullAt(key) ? null : row.getString(key).toString();
  }

  @Override
  public double price(RowData row) {
    return row.isNullAt(price) ? Double.NaN : row.getDouble(price);
  }
}
