package dev.sluice.udf;

/** A function cannot make anything of a row's data; its {@code TRY_} variant gives NULL. */
public final class InvalidInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidInputException(String message) {
    super(message);
  }
}
