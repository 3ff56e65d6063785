package dev.sluice.prices;

/** Names of the operators in savepoints. Never changed, never used again for something else. */
final class Uids {
  static final String READ = "read-stream";
  static final String PARSE = "read-ticks";
  static final String WRITE = "write-prices";
  static final String DEAD_LETTERS = "write-dead-letters";

  private Uids() {}
}
