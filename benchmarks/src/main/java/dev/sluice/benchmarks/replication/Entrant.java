package dev.sluice.benchmarks.replication;

/** Who copies. */
enum Entrant {
  LOOP("loop over the SDK"),
  SLUICE("Sluice"),
  STOCK("stock connector");

  /** In tables. */
  final String title;

  Entrant(String title) {
    this.title = title;
  }
}
