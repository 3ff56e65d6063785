package dev.sluice.local;

import java.io.IOException;

/** The server refused a request. */
public final class KinesisException extends IOException {
  private final int status;
  private final String type;

  KinesisException(String action, int status, String type, String message) {
    super(action + " was answered with " + status + " '" + type + "': " + message);
    this.status = status;
    this.type = type;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** {@code ResourceNotFoundException} and others. */
  public String type() {
    return type;
  }
}
