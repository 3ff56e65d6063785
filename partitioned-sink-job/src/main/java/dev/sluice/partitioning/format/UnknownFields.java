package dev.sluice.partitioning.format;

/** What happens to a field of a record that the schema does not have. */
public enum UnknownFields {
  /** The record does not fit. */
  REJECT,
  /** The field is left out, as Firehose's format conversion does. */
  IGNORE
}
