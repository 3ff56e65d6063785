package dev.sluice.replication.drill;

/** A job that takes part in the drill. */
public enum DrillJob {
  /** This one. */
  REPLICATION("dev.sluice.replication.ReplicationJob"),
  /** The consumer, which is another JAR: no job knows another one but by its name. */
  TICKER_PRICES("dev.sluice.prices.TickerPricesJob");

  private final String mainClass;

  DrillJob(String mainClass) {
    this.mainClass = mainClass;
  }

  public String mainClass() {
    return mainClass;
  }
}
