package dev.sluice.testing.sql;

/** A test folder that says nothing that could be run: the message names file, line and rule. */
public final class MalformedSqlTestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedSqlTestException(String message) {
    super(message);
  }

  MalformedSqlTestException(String message, Throwable cause) {
    super(message, cause);
  }
}
