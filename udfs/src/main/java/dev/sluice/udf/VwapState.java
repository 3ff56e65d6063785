package dev.sluice.udf;

import java.math.BigDecimal;
import org.apache.flink.table.annotation.DataTypeHint;

/** What {@link Vwap} keeps; in every savepoint. Sums are exact, so that retraction is. */
public final class VwapState {
  /** Sum of price times volume. */
  @DataTypeHint("DECIMAL(38, 8)")
  public BigDecimal turnover = BigDecimal.ZERO;

  /** Sum of volumes. */
  public long volume;

  /** How many rows have a price that is no finite number. */
  public long unusable;
}
