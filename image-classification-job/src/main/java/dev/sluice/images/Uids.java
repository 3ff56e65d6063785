package dev.sluice.images;

/** Names of the operators in savepoints. Never changed, never used again for something else. */
final class Uids {
  static final String READ = "read-images";
  static final String SPLIT_REJECTED = "split-rejected-images";
  static final String CLASSIFY = "classify-images";
  static final String WRITE_RESULTS = "write-classifications";
  static final String WRITE_DEAD_LETTERS = "write-dead-letters";

  private Uids() {}
}
