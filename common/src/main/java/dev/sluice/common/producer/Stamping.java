package dev.sluice.common.producer;

/** Whether records carry their version. */
public enum Stamping {
  /** As {@link dev.sluice.common.record.StampedRecord}, which consumers take apart. */
  STAMPED,
  /** Bytes go as they came: the consumer needs a version of its own in them. */
  PLAIN
}
