package dev.sluice.common.region;

/** What producers may do in an epoch. */
public enum RegionState {
  /** They send to the Region of the record. */
  ACTIVE,
  /** They send nowhere and keep what they have: a switch is under way. */
  SWITCHING
}
