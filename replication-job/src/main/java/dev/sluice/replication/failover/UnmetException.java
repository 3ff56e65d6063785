package dev.sluice.replication.failover;

import java.io.IOException;

/** A step cannot be taken, because what it needs is not so; nothing was changed by it. */
public final class UnmetException extends IOException {
  private static final long serialVersionUID = 1L;

  UnmetException(String message) {
    super(message);
  }

  UnmetException(String message, Throwable cause) {
    super(message, cause);
  }
}
