package dev.sluice.replication;

/** Names of the operators in savepoints. Never changed, never used again for something else. */
final class Uids {
  static final String READ = "read-source";
  static final String GUARD = "guard-retention";
  static final String TAKE_APART = "take-aggregates-apart";
  static final String WRITE = "write-target";
  static final String TRACK = "track-positions";
  static final String DEAD_LETTERS = "write-dead-letters";
  static final String BEAT = "generate-heartbeats";
  static final String WRITE_HEARTBEATS = "write-heartbeats";

  private Uids() {}
}
