package dev.sluice.udf;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.functions.FunctionContext;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of which a {@code TRY_} function made nothing: metric {@code
 * udf.<function>.failures} of the operator. Without {@link #open} nothing is counted.
 */
final class FailureCounter implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String function;

  private transient @Nullable Counter failures;

  FailureCounter(String function) {
    this.function = function;
  }

  void open(FunctionContext context) {
    failures = context.getMetricGroup().addGroup("udf").addGroup(function).counter("failures");
  }

  /** The value, or null and one more failure. */
  <T> @Nullable T orNull(Supplier<@Nullable T> value) {
    try {
      return value.get();
    } catch (InvalidInputException e) {
      if (failures != null) {
        failures.inc();
      }
      return null;
    }
  }
}
