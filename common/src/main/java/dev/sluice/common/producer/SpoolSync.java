package dev.sluice.common.producer;

/** When the spool asks the disk to keep what was written. */
public enum SpoolSync {
  /** Before a record counts as spooled; once for all that wait. Survives the loss of power. */
  EACH,
  /** When a file of the spool is full, and at the end. Survives the death of the process only. */
  ROLL
}
