package dev.sluice.replication;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Keeps the lines between both streams where the failover finds them: in the target's Region. */
public interface PositionStore extends AutoCloseable {
  /** Keeps a line; the same one again changes nothing. Drops lines that are too old. */
  void append(PositionCut cut) throws IOException;

  /** From the newest to the oldest. */
  Iterator<PositionCut> newestFirst() throws IOException;

  /**
   * The newest line that a consumer has passed.
   *
   * @param positions by shard of the source the sequence number of the last record processed
   */
  default Optional<PositionCut> translate(Map<String, String> positions) throws IOException {
    for (Iterator<PositionCut> cuts = newestFirst(); cuts.hasNext(); ) {
      PositionCut cut = cuts.next();
      if (cut.isBefore(positions)) {
        return Optional.of(cut);
      }
    }
    return Optional.empty();
  }

  @Override
  void close() throws IOException;

  /** Opens a store in the task that uses it. */
  @FunctionalInterface
  interface Factory extends Serializable {
    PositionStore open() throws IOException;
  }
}
