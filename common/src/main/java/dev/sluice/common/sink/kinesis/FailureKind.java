package dev.sluice.common.sink.kinesis;

import java.util.Set;

/** What a failed put asks of its sender. */
public enum FailureKind {
  /** Too much at a time: try again later, and send less. */
  THROTTLED,
  /** The service or the way to it failed; the record may have been stored all the same. */
  TRANSIENT,
  /** The service will never take these records: they become dead letters. */
  REFUSED,
  /** The stream or the right to write is missing: no record is to blame, the task fails. */
  FATAL;

  private static final Set<String> THROTTLES =
      Set.of(
          "ProvisionedThroughputExceededException",
          "KMSThrottlingException",
          "LimitExceededException",
          "ThrottlingException",
          "Throttling",
          "RequestLimitExceeded",
          "TooManyRequestsException",
          "SlowDown");

  private static final Set<String> REFUSALS =
      Set.of("ValidationException", "InvalidArgumentException", "SerializationException");

  private static final int TIMEOUT = 408;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERRORS = 500;

  /**
   * Sorts an error of the service.
   *
   * @param code as AWS names it, in an entry of PutRecords or of the whole request
   * @param status of HTTP; 0 if there was none, as in an entry
   */
  public static FailureKind of(String code, int status) {
    if (THROTTLES.contains(code) || status == TOO_MANY) {
      return THROTTLED;
    }
    if (REFUSALS.contains(code) || status == TOO_LARGE) {
      return REFUSED;
    }
    boolean own = status == TIMEOUT || status >= SERVER_ERRORS || code.startsWith("Internal");
    return own || code.equals("ServiceUnavailable") ? TRANSIENT : FATAL;
  }
}
