package dev.sluice.replication;

import java.io.IOException;

/** The table of positions is not there: no copy has ever kept one in it. */
public final class PositionsMissingException extends IOException {
  private static final long serialVersionUID = 1L;

  PositionsMissingException(String table) {
    super(
        "Table '"
            + table
            + "' is missing: start the replicator with this 'positions.table', which makes it, or"
            + " correct the name or its Region");
  }
}
