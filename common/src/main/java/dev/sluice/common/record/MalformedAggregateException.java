package dev.sluice.common.record;

/** A KPL aggregate whose message breaks its format. */
public final class MalformedAggregateException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAggregateException(String message) {
    super(message);
  }
}
