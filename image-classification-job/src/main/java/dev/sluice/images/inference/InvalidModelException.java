package dev.sluice.images.inference;

import java.io.IOException;

/** The model cannot be used; the message says what to do. Fails the job, no image is at fault. */
public final class InvalidModelException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidModelException(String message) {
    super(message);
  }

  InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
