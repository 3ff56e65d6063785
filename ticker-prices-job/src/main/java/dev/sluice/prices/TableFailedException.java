package dev.sluice.prices;

import org.jspecify.annotations.Nullable;

/** A write had no success. */
final class TableFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What to do. */
  enum Kind {
    /** The table throttles: try again. */
    THROTTLED,
    /** It, or the way to it, failed; the write may have been made all the same: try again. */
    TRANSIENT,
    /** It will never take this item. */
    REFUSED,
    /** The table, or the right to write, is missing: no item is to blame. */
    FATAL
  }

  final Kind kind;
  final String code;

  TableFailedException(Kind kind, String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }
}
