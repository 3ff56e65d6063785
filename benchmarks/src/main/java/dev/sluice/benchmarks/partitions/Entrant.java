package dev.sluice.benchmarks.partitions;

import java.util.List;

/**
 * A contestant in a table.
 *
 * @param name in tables
 * @param contestant of {@link ContestantProcess}
 * @param isStock whether it is one of Flink's own sinks
 */
record Entrant(String name, String contestant, boolean isStock) {
  static final Entrant SLUICE = new Entrant("Sluice", ContestantProcess.SLUICE, false);
  static final Entrant PLAIN = new Entrant("plain writer", ContestantProcess.PLAIN, false);

  /** In turn. */
  static final List<Entrant> ALL =
      List.of(
          SLUICE,
          PLAIN,
          stock("FileSink", ContestantProcess.FILE_SINK),
          stock("FileSink behind keyBy", ContestantProcess.FILE_SINK_SHUFFLED),
          stock("SQL sink", ContestantProcess.SQL),
          stock("SQL sink, shuffle-by-partition", ContestantProcess.SQL_SHUFFLED));

  private static Entrant stock(String name, String contestant) {
    return new Entrant(name, contestant, true);
  }
}
