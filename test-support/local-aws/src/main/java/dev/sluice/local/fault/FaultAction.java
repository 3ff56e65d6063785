package dev.sluice.local.fault;

import java.time.Duration;
import java.util.regex.Pattern;

/** What happens to a request. Immutable. */
public final class FaultAction {
  enum Kind {
    ANSWER,
    DELAY,
    HANG,
    CUT_AFTER_BYTES,
    CUT_AT_SHARE,
    RESET,
    HOLD_REQUEST,
    HOLD_RESPONSE,
    FORWARD_THEN_ANSWER,
    FORWARD_THEN_RESET,
    FAIL_ENTRIES,
    THROTTLE_ENTRIES
  }

  private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

  final Kind kind;
  final int status;
  final String code;
  final double amount;
  final Pattern entryKey;

  private FaultAction(Kind kind, int status, String code, double amount) {
    this(kind, status, code, amount, ANY);
  }

  private FaultAction(Kind kind, int status, String code, double amount, Pattern entryKey) {
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.amount = amount;
    this.entryKey = entryKey;
  }

  /**
   * Answers with an error of the service's own form (S3: XML; with {@code X-Amz-Target}: AWS JSON,
   * or CBOR if the request was), and does not forward.
   *
   * @param code as the service names it: {@code SlowDown}, {@code
   *     ProvisionedThroughputExceededException}
   */
  public static FaultAction answer(int status, String code) {
    return new FaultAction(Kind.ANSWER, checked(status), code, 0);
  }

  /** 500 {@code InternalError}. */
  public static FaultAction internalError() {
    return answer(500, "InternalError");
  }

  /** 503 {@code SlowDown}: S3's throttling. */
  public static FaultAction slowDown() {
    return answer(503, "SlowDown");
  }

  /** 403 {@code AccessDenied}. */
  public static FaultAction accessDenied() {
    return answer(403, "AccessDenied");
  }

  /** Forwards after a time; not interrupted by anything but the end of the proxy. */
  public static FaultAction delay(Duration time) {
    return new FaultAction(Kind.DELAY, 0, "", time.toNanos());
  }

  /** Never answers and does not forward; the connection stays open until release or end. */
  public static FaultAction hang() {
    return new FaultAction(Kind.HANG, 0, "", 0);
  }

  /**
   * Forwards, and closes the connection after so many bytes of the body. A body that is no longer
   * than that loses its last byte, so that each cut body is one.
   */
  public static FaultAction cutAfter(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("Bytes must not be negative, but were '" + bytes + "'");
    }
    return new FaultAction(Kind.CUT_AFTER_BYTES, 0, "", bytes);
  }

  /** Forwards, and closes the connection after a share, from 0 to 1, of the body. */
  public static FaultAction cutAtShare(double share) {
    return new FaultAction(Kind.CUT_AT_SHARE, 0, "", FaultRule.checkedShare(share));
  }

  /** Resets the connection and does not forward. */
  public static FaultAction reset() {
    return new FaultAction(Kind.RESET, 0, "", 0);
  }

  /** Keeps the request back, and forwards it at release: it lands late, client or no client. */
  public static FaultAction holdRequest() {
    return new FaultAction(Kind.HOLD_REQUEST, 0, "", 0);
  }

  /** Forwards now, so that it takes effect, and keeps the answer back until release. */
  public static FaultAction holdResponse() {
    return new FaultAction(Kind.HOLD_RESPONSE, 0, "", 0);
  }

  /** Forwards, so that it takes effect, and answers 500 {@code InternalError} all the same. */
  public static FaultAction forwardThenFail() {
    return forwardThenAnswer(500, "InternalError");
  }

  public static FaultAction forwardThenAnswer(int status, String code) {
    return new FaultAction(Kind.FORWARD_THEN_ANSWER, checked(status), code, 0);
  }

  /** Forwards, so that it takes effect, and resets the connection in place of an answer. */
  public static FaultAction forwardThenReset() {
    return new FaultAction(Kind.FORWARD_THEN_RESET, 0, "", 0);
  }

  /**
   * Fails single entries of PutRecords, each with a probability from 0 to 1 that is drawn from the
   * seed of the proxy. The others are forwarded, in their order; the answer is that of the server
   * with the failed entries in their places. A request of which all entries fail is not forwarded.
   *
   * @param code of the failed entries: {@code ProvisionedThroughputExceededException} or {@code
   *     InternalFailure}
   */
  public static FaultAction failEntries(double share, String code) {
    return new FaultAction(Kind.FAIL_ENTRIES, 0, code, FaultRule.checkedShare(share));
  }

  /**
   * Fails the entries of PutRecords that come faster than a rate, after a burst of a second's, as
   * {@code ProvisionedThroughputExceededException}: a target of that capacity. By the clock, so not
   * the same in each run.
   */
  public static FaultAction throttleEntries(double perSecond) {
    if (!(perSecond >= 1)) {
      throw new IllegalArgumentException("Rate must be at least 1, but was '" + perSecond + "'");
    }
    return new FaultAction(
        Kind.THROTTLE_ENTRIES, 0, "ProvisionedThroughputExceededException", perSecond);
  }

  boolean isOfEntries() {
    return kind == Kind.FAIL_ENTRIES || kind == Kind.THROTTLE_ENTRIES;
  }

  /** The same, but only for entries whose partition key the regular expression matches. */
  public FaultAction ofKey(String regex) {
    if (!isOfEntries()) {
      throw new IllegalStateException("Only failing entries have keys, but this is '" + this + "'");
    }
    return new FaultAction(kind, status, code, amount, Pattern.compile(regex, Pattern.DOTALL));
  }

  @Override
  public String toString() {
    if (isOfEntries()) {
      return kind + " " + amount + " of '" + entryKey + "' " + code;
    }
    return kind + (status == 0 ? "" : " " + status + " " + code);
  }

  private static int checked(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "Status must be an error from 400 to 599, but was '" + status + "'");
    }
    return status;
  }
}
