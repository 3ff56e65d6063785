package dev.sluice.common.environment;

/**
 * A local run has no chance: something that it needs cannot be reached. The message is for people
 * and says what to look at; {@link CommandLine} prints it alone and ends with 1.
 */
public final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
