package dev.sluice.udf;

import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code TRY_JSON_QUERY_JQ(json, expression)}: {@link JsonQueryJq}, NULL where the text is no JSON
 * or the expression fails on it. An expression that is none fails all the same: it is no matter of
 * data.
 */
public final class TryJsonQueryJq extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  private final JsonQueryJq function = new JsonQueryJq();
  private final FailureCounter failures = new FailureCounter("TRY_JSON_QUERY_JQ");

  @Override
  public void open(FunctionContext context) {
    failures.open(context);
  }

  /** NULL also if one of the two is NULL, which is no failure. */
  public @Nullable String eval(@Nullable String json, @Nullable String expression) {
    return failures.orNull(() -> function.eval(json, expression));
  }

  @Override
  public void close() {
    function.close();
  }
}
