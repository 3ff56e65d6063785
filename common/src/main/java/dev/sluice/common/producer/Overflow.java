package dev.sluice.common.producer;

/** What happens when neither the memory nor the spool of a producer takes another record. */
public enum Overflow {
  /** The call waits until there is room. */
  WAIT,
  /** The record fails at once, with a {@link SendFailedException} that says so. */
  FAIL
}
