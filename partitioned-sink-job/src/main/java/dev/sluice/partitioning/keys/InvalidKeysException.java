package dev.sluice.partitioning.keys;

/** A query, a path or a class that cannot give partition keys; told at start. */
public final class InvalidKeysException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidKeysException(String message) {
    super(message);
  }
}
