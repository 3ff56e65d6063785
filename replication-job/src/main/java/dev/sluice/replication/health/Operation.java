package dev.sluice.replication.health;

/** What is asked of a stream. Judged apart, so that a way that fails in one direction shows. */
public enum Operation {
  /** A record was to be stored. */
  PUT,
  /** A record was to be read. */
  GET
}
