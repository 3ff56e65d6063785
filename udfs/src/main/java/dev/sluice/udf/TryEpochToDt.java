package dev.sluice.udf;

import java.time.LocalDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code TRY_EPOCH_TO_DT(seconds [, zone])}: {@link EpochToDt}, NULL where the number is out of
 * range or there is no such zone.
 */
public final class TryEpochToDt extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  private final EpochToDt function = new EpochToDt();
  private final FailureCounter failures = new FailureCounter("TRY_EPOCH_TO_DT");

  @Override
  public void open(FunctionContext context) {
    failures.open(context);
  }

  /** NULL also of NULL, which is no failure. */
  public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(@Nullable Long seconds) {
    return failures.orNull(() -> function.eval(seconds));
  }

  /** NULL also if one of the two is NULL, which is no failure. */
  public @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime eval(
      @Nullable Long seconds, @Nullable String zone) {
    return failures.orNull(() -> function.eval(seconds, zone));
  }
}
