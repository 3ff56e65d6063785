package dev.sluice.partitioning.sink;

/**
 * A part of the rows that a writer holds at a checkpoint, which any subtask can take over: some
 * buffers, compressed. Immutable.
 *
 * <p>An object that is cut is in one piece as a whole; an open buffer may be spread over several.
 */
public final class StatePiece {
  private final byte[] compressed;

  StatePiece(byte[] compressed) {
    this.compressed = compressed;
  }

  /** Not to be changed. */
  byte[] compressed() {
    return compressed;
  }
}
