package dev.sluice.images.inference;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The model cannot be used; the message says what to do. Fails the job at once, whatever its
 * restart strategy: neither a restart nor another image can mend it.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class InvalidModelException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidModelException(String message) {
    super(message);
  }

  InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
