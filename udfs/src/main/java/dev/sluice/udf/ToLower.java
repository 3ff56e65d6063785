package dev.sluice.udf;

import java.util.Locale;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code TO_LOWER(text)}: in lower case by Unicode's rules, whatever language the machine has. */
public final class ToLower extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  /** NULL of NULL. */
  public @Nullable String eval(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }
}
