package dev.sluice.common.operator.drop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;

/** Makes a drop a row of {@link DropAlertTable}. */
final class AlertRow implements MapFunction<DropAlert, Row> {
  private static final long serialVersionUID = 1L;

  /** Position of the time attribute. */
  static final int DROP_TIME = 2;

  private final boolean local;

  AlertRow(boolean local) {
    this.local = local;
  }

  static String[] names(String key) {
    return new String[] {
      key, "initialPriceTime", "dropTime", "dropDiff", "initialPrice", "lastPrice"
    };
  }

  @Override
  public Row map(DropAlert alert) {
    return Row.of(
        alert.key,
        time(alert.initialPriceTime),
        time(alert.dropTime),
        alert.dropDiff,
        alert.initialPrice,
        alert.lastPrice);
  }

  private Object time(long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    return local ? LocalDateTime.ofInstant(time, ZoneOffset.UTC) : time;
  }
}
