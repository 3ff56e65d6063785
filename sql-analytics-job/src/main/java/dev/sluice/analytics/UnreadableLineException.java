package dev.sluice.analytics;

import java.io.IOException;
import java.util.Objects;

/** A line that is no row of its format. */
final class UnreadableLineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long line;

  /** Of a file that is not known here. */
  UnreadableLineException(long line, Throwable cause) {
    super("Cannot read line " + line + " of a file: " + cause.getMessage(), cause);
    this.line = line;
  }

  /**
   * The same, with the file. It has no cause, as a job that fails is reported by the root of its
   * failure, which would be the format's and name no file.
   */
  IOException in(Object file) {
    Throwable cause = Objects.requireNonNull(getCause());
    IOException named =
        new IOException("Cannot read line " + line + " of '" + file + "': " + cause.getMessage());
    named.addSuppressed(cause);
    return named;
  }
}
