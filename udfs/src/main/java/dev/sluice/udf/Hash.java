package dev.sluice.udf;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code JAVA_HASH(text)}, or as in the posts {@code `HASH`(text)}, where the backticks are needed
 * since HASH is a word of Flink's SQL: Java's hash of a text times 12, as a {@code BIGINT}.
 *
 * <p>The function of the posts, which gives an {@code INT} and overflows; where that one does not,
 * the two are equal. 32 bits that are easy to collide on purpose: for keys of data that others
 * write take {@link Sha256Hex}.
 */
public final class Hash extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final long FACTOR = 12;

  /** NULL of NULL. */
  public @Nullable Long eval(@Nullable String text) {
    return text == null ? null : text.hashCode() * FACTOR;
  }
}
