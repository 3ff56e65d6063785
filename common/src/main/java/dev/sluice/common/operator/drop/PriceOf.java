package dev.sluice.common.operator.drop;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What {@link DropAlerts} needs to know of a row; its event time is the record's timestamp. */
public interface PriceOf<T> extends Serializable {
  /** Whose price it is; null if the row does not say. */
  @Nullable String key(T row);

  /** The price; NaN if the row has none. */
  double price(T row);
}
