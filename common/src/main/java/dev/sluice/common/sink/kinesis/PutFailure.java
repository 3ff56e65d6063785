package dev.sluice.common.sink.kinesis;

/** Why a record or a request was not taken. Immutable. */
public final class PutFailure {
  private final FailureKind kind;
  private final String code;
  private final String message;

  /**
   * @param code stable: that of the service, or in kebab-case one of this sink
   * @param message for people, without payload
   */
  public PutFailure(FailureKind kind, String code, String message) {
    this.kind = kind;
    this.code = code;
    this.message = message;
  }

  public FailureKind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  public String message() {
    return message;
  }

  @Override
  public String toString() {
    return kind + " '" + code + "': " + message;
  }
}
