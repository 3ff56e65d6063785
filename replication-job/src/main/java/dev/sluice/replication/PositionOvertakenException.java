package dev.sluice.replication;

/** The retention of the source may have removed records that were not read. */
final class PositionOvertakenException extends Exception {
  private static final long serialVersionUID = 1L;

  PositionOvertakenException(String message) {
    super(message);
  }
}
