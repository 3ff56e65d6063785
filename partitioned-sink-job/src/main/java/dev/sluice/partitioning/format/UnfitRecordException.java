package dev.sluice.partitioning.format;

/**
 * A record does not fit the schema or the format of the objects. The message names the field and
 * the rule, never the value: it goes into logs and error records that more people read than the
 * data.
 */
public final class UnfitRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfitRecordException(String message) {
    super(message);
  }
}
