package dev.sluice.common.producer;

/** The record was neither stored nor kept; the caller has it still. */
public final class SendFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  SendFailedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * Stable: {@code overflow}, {@code closed}, {@code record-too-large}, {@code
   * partition-key-length}, {@code explicit-hash-key}, or what the service calls its refusal.
   */
  public String code() {
    return code;
  }
}
