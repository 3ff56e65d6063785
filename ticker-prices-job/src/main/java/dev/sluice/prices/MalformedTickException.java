package dev.sluice.prices;

/** A payload that is no tick; the message quotes none of it. */
final class MalformedTickException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedTickException(String message) {
    super(message);
  }
}
