package dev.sluice.prices;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Takes prices unless it has newer ones. Thread-safe. */
interface PriceTable extends AutoCloseable {
  /**
   * Sends one write, and does not retry it.
   *
   * @return true if the table has it now, false if it had this one or a newer one; or a {@link
   *     TableFailedException}
   */
  CompletableFuture<Boolean> put(Price price);

  @Override
  void close();

  /** Opens a table in the task that uses it. */
  @FunctionalInterface
  interface Factory extends Serializable {
    PriceTable open();
  }
}
